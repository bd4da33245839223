using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Makes an optimizer: the rule by which parameters follow their gradients.</summary>
/// <remarks>
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Optimizer NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>$sgd = New-DlOptimizer SGD 0.1 -Momentum 0.9 -Nesterov
/// $model | Invoke-DlTraining -Data $split -Optimizer $sgd</code>
/// <para>Trains with a momentum. For an optimizer with its default settings its bare name is enough: -Optimizer Adam.</para>
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
