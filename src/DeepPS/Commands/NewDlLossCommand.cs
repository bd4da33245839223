using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Make a loss, the value that training minimises.</summary>
/// <remarks>
/// Use it with -Loss of Invoke-DlTraining and -OutputLoss of New-DlLayer. The settings of the type are parameters of
/// their own, the first ones positional; (Get-DlCatalog Loss NAME).Settings lists them. Where such an object is
/// expected, its name alone means its default settings.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Loss (New-DlLoss CrossEntropy -LabelSmoothing 0.1)</code>
/// <para>Trains with smoothed labels. The name alone is enough for a loss with default settings.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlLoss")]
[OutputType(typeof(Loss))]
public sealed class NewDlLossCommand : SettingsCmdlet
{
    /// <summary>The type of loss, by name or alias. Get-DlCatalog Loss lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Loss;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
