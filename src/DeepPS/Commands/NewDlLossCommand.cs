using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Makes a loss with settings: what training makes small.</summary>
/// <remarks>
/// It is for -Loss of Invoke-DlTraining and -OutputLoss of New-DlLayer.
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Loss NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Loss (New-DlLoss CrossEntropy -LabelSmoothing 0.1)</code>
/// <para>Trains with smoothed labels. For a loss with its default settings its bare name is enough.</para>
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
