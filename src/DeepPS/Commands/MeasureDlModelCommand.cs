using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Measure the loss and the metrics of a model on a dataset.</summary>
/// <remarks>
/// For a model of a time series, two simple forecasts are measured too: NaiveMAE is the error of repeating the last
/// value of each window, SeasonalNaiveMAE that of repeating the value one season before, if there is a season. MASE is
/// the model's mean absolute error relative to the mean absolute difference between neighbouring steps of the training
/// part (Hyndman and Koehler 2006). Rows are converted to windows.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlModel -Data $split.Test</code>
/// <para>Measures the model on data that it has not seen.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./runs/*.dlmodel | Measure-DlModel -Data $split | Sort-Object Accuracy</code>
/// <para>Compares several models on the test part of a split.</para>
/// </example>
/// <example>
/// <code>$f1 = New-DlMetric F1 -Average PerClass
/// ($model | Measure-DlModel -Data $split -Metric ConfusionMatrix, $f1).ConfusionMatrix</code>
/// <para>Shows the confusion matrix: a row for each true class, a property for each predicted class. F1 is a property
/// per class, such as F1_setosa.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlModel")]
[OutputType(typeof(Evaluation))]
public sealed class MeasureDlModelCommand : WorkCmdlet
{
    private const int BatchSize = 1024;

    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to measure on: a dataset, or a split, whose test part is used.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>
    /// The metrics to measure besides the loss. Default: accuracy for classes; MAE, RMSE and R2 for numbers.
    /// </summary>
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
