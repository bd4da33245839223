using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Measures how well a trained model does on data: its loss and its metrics over the whole set.</summary>
/// <remarks>
/// For a model of a time series, the errors of two simple forecasts come beside it: NaiveMAE, of the last value of each window, and
/// SeasonalNaiveMAE, of the value a season before, where there is a season. MASE is the model's mean absolute error as a share
/// of what one step differs by in the training part (Hyndman and Koehler 2006). Rows become windows by themselves.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlModel -Data $split.Test</code>
/// <para>Measures the model with the part of the data that it has not seen.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./runs/*.dlmodel | Measure-DlModel -Data $split | Sort-Object Accuracy</code>
/// <para>Compares several models. Of a split, the test part is taken.</para>
/// </example>
/// <example>
/// <code>($model | Measure-DlModel -Data $split -Metric ConfusionMatrix, (New-DlMetric F1 -Average PerClass)).ConfusionMatrix</code>
/// <para>Shows which classes are taken for which: a row for each class, a property for each prediction. F1 comes as a property for each class, F1_setosa.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlModel")]
[OutputType(typeof(Evaluation))]
public sealed class MeasureDlModelCommand : WorkCmdlet
{
    private const int BatchSize = 1024;

    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>What to measure with: a dataset, or a split, of which the test part is taken.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>What to measure besides the loss. Without it: accuracy for classes; MAE, RMSE and R2 for numbers.</summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TestData(Data);
        WriteObject(FlatRecord.Of(Work(cancel => Evaluator.Measure(Model, data, BatchSize, Metric, cancel))));
    }
}
