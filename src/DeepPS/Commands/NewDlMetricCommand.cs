using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Make a metric, which measures a model.</summary>
/// <remarks>
/// Use it with -Metric of Invoke-DlTraining and Measure-DlModel. The settings of the type are parameters of their own,
/// the first ones positional; (Get-DlCatalog Metric NAME).Settings lists them. Where such an object is expected, its
/// name alone means its default settings.
/// </remarks>
/// <example>
/// <code>$f1 = New-DlMetric F1 -Average PerClass
/// $model | Measure-DlModel -Data $split -Metric Accuracy, $f1, (New-DlMetric TopK 3)</code>
/// <para>Measures metrics by name and as objects. The name alone is enough for a metric with default settings.</para>
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
