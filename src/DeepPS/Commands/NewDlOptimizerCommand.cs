using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Make an optimizer, which updates parameters by their gradients.</summary>
/// <remarks>
/// Use it with -Optimizer of Invoke-DlTraining and Find-DlLearningRate. The settings of the type are parameters of
/// their own, the first ones positional; (Get-DlCatalog Optimizer NAME).Settings lists them. Where such an object is
/// expected, its name alone means its default settings.
/// </remarks>
/// <example>
/// <code>$sgd = New-DlOptimizer SGD 0.1 -Momentum 0.9 -Nesterov
/// $model | Invoke-DlTraining -Data $split -Optimizer $sgd</code>
/// <para>Trains with momentum. The name alone is enough for an optimizer with default settings: -Optimizer Adam.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlOptimizer")]
[OutputType(typeof(Optimizer))]
public sealed class NewDlOptimizerCommand : SettingsCmdlet
{
    /// <summary>The type of optimizer, by name or alias. Get-DlCatalog Optimizer lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Optimizer;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
