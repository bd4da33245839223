using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Makes a metric with settings: what a model is judged by.</summary>
/// <remarks>
/// It is for -Metric of Invoke-DlTraining and Measure-DlModel.
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Metric NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlModel -Data $split -Metric Accuracy, (New-DlMetric F1 -Average PerClass), (New-DlMetric TopK 3)</code>
/// <para>Measures with metrics by name and as objects. For a metric with its default settings its bare name is enough.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlMetric")]
[OutputType(typeof(Metric))]
public sealed class NewDlMetricCommand : SettingsCmdlet
{
    /// <summary>The type of metric, by name or alias. Get-DlCatalog Metric lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Metric;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
