using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Measure the loss and the metrics of a model on a dataset.</summary>
/// <remarks>
/// For a model of a time series, two simple forecasts are measured too: NaiveMAE is the error of repeating the last
/// value of each window, SeasonalNaiveMAE that of repeating the value one season before, if there is a season. MASE is
/// the model's mean absolute error relative to the mean absolute difference between neighbouring steps of the training
/// part (Hyndman and Koehler 2006). Rows are converted to windows.
///
/// For a label of text, Bleu and ChrF compare texts that are produced with the most likely token each time; the other
/// metrics are of single tokens, each after the correct ones before it.
///
/// The results are added to the record of the training, if it has one: Get-DlRun and Compare-DlRun show them as
/// TestLoss and so on.
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
/// <code>$model | Measure-DlModel -Data $split -Positive fails -BestThreshold F1
/// $model | Export-DlModel ./fails.dlmodel</code>
/// <para>Chooses the threshold with the best F1 on the validation part, measures with it on the test part, and keeps it
/// in the model.</para>
/// </example>
/// <example>
/// <code>$measured = $model | Measure-DlModel -Data $split -Metric ConfusionMatrix, (New-DlMetric F1 -Average PerClass)
/// $measured.ConfusionMatrix
/// $measured.ConfusionPair | Export-Csv confusion.csv</code>
/// <para>Shows the confusion matrix: a row for each true class, a property for each predicted class; and writes it with
/// a row for each pair: True, Predicted, Count, and Fraction, the share of the true class. F1 is a property per class,
/// such as F1_setosa.</para>
/// </example>
/// <example>
/// <code>$model | Measure-DlModel -Data $split.Test -Adversarial Pgd -Epsilon 0.1</code>
/// <para>Measures the accuracy on images that are changed to mislead the model.</para>
/// </example>
/// <example>
/// <code>$episodes = $unseen | Split-DlDataset -Episode -Way 3 -Shot 5 -Seed 1
/// $model | Measure-DlModel $episodes -Prototype | Measure-Object Accuracy -Average</code>
/// <para>Measures on classes that the model was not trained on, with five labelled samples of each.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlModel")]
[OutputType(typeof(Evaluation), typeof(SupportEvaluation))]
public sealed partial class MeasureDlModelCommand : WorkCmdlet
{
    private const int BatchSize = 1024;

    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>
    /// The data to measure on: a dataset; a split, whose test part is used; rows with the properties of the training
    /// data, such as Import-Csv's; CSV files or their paths; for a model of images, image files or folders, in which
    /// each image is in a folder named after its class. Episodes of Split-DlDataset -Episode are measured one by one,
    /// each with its own support.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>
    /// The metrics to measure besides the loss. Default: accuracy for classes; MAE, RMSE and R2 for numbers;
    /// TokenAccuracy, Perplexity, Bleu and ChrF for text, the last two not for a language model.
    /// </summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>
    /// The probability from which the positive class is predicted, from 0 to 1. Default: the threshold that
    /// -BestThreshold chose for the model; without one, the most likely class is predicted.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? Threshold { get; set; }

    /// <summary>
    /// The positive class. Its precision, recall and F1 are measured too, as Precision_CLASS and so on; also with a
    /// threshold. Default: the second of two classes by name.
    /// </summary>
    [Parameter]
    public string? Positive { get; set; }

    /// <summary>
    /// Chooses the threshold that makes F1, Accuracy or BalancedAccuracy of the positive class largest, on the
    /// validation part of a split, or on other data itself. The model keeps it for later predictions. Default: no
    /// threshold is chosen.
    /// </summary>
    [Parameter]
    public ThresholdGoal? BestThreshold { get; set; }

    /// <summary>
    /// Fits a temperature that divides the logits, so that probabilities are as often right as they say, on the
    /// validation part of a split, or on other data itself. The model keeps it for later predictions.
    /// </summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    /// <summary>
    /// Measures robustness: an attack (Fgsm, Pgd, or an object from New-DlAttack) changes each sample within its
    /// Epsilon to make the loss larger. The results are written to no record. Default: none.
    /// </summary>
    [Parameter]
    [CatalogItem<Attack>]
    [ArgumentCompleter(typeof(CatalogCompleter<Attack>))]
    public Attack? Adversarial { get; set; }

    /// <summary>
    /// The largest change of a number by the attack: of a pixel, where 1 is the difference between black and white.
    /// Default: that of the attack, 0.1.
    /// </summary>
    [Parameter]
    [ValidateNotNegative]
    public double? Epsilon { get; set; }

    /// <summary>
    /// The directory of the run in whose record the results are written. Default: that of the model's last training in
    /// this session, if it has a record.
    /// </summary>
    [Parameter]
    public string? RunPath { get; set; }

    /// <summary>Writes the results to no record of a run.</summary>
    [Parameter]
    public SwitchParameter NoRecord { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (BestThreshold is not null && Threshold is not null)
            throw new DlException("TwoThresholds", DlErrorKind.InvalidArgument,
                "-Threshold sets the threshold that -BestThreshold chooses. Use one of them.", Threshold);
        if (Epsilon is not null && Adversarial is null)
            throw new DlException("NoAttack", DlErrorKind.InvalidArgument,
                "-Epsilon is the largest change of an attack, and none is named. Add -Adversarial Pgd, or omit "
                + "-Epsilon.",
                Epsilon);
        Model.Trained();
        if (MeasureSupport())
            return;
        var split = PipelineValue.Unwrap(Data) as Split;
        if (BestThreshold is not null || Calibrate)
            Choose(split);
        var data = split is { Test: null, Validation: { } validation } && (BestThreshold is not null || Calibrate)
            ? validation : MeasuredData.Of(this, Model, Data);
        var options = new PredictionOptions { Threshold = Threshold, Positive = Positive };
        var attack = Epsilon is { } epsilon && Adversarial is not null ? Adversarial with { Epsilon = epsilon }
            : Adversarial;
        var evaluation = Work(cancel => Evaluator.Measure(Model, data, options, attack, BatchSize, Metric, cancel));
        Record(evaluation);
        WriteObject(FlatRecord.Of(evaluation));
    }

    private void Choose(Split? split)
    {
        if (split is { Validation: null })
            throw new DlException("NoValidationPart", DlErrorKind.InvalidArgument,
                "The split has no validation part to choose on. Split with -Validation, or pass other data: "
                + "$split.Train.", split);
        var data = split?.Validation ?? MeasuredData.Of(this, Model, Data);
        if (Calibrate)
        {
            var temperature = Work(cancel => Calibration.FitTemperature(Model, data, cancel));
            WriteVerbose($"The temperature {temperature:0.0000} was fitted on '{data.Name}', {data.Count:N0} rows.");
        }

        if (BestThreshold is { } goal)
        {
            var threshold = Work(cancel => Calibration.ChooseThreshold(Model, data, goal, Positive, cancel));
            WriteVerbose($"The threshold {threshold:0.0000} for the best {goal} was chosen on '{data.Name}', "
                + $"{data.Count:N0} rows.");
        }
    }

    private void Record(Evaluation evaluation)
    {
        if (NoRecord || Adversarial is not null
            || RunPath is null && (Model.RunPath is null || !Directory.Exists(Model.RunPath)))
            return;
        try
        {
            RunInfo.AddTest(RunPath is null ? Model.RunPath! : this.ResolveTarget(RunPath), evaluation);
        }
        catch (DlException e) when (RunPath is null)
        {
            WriteWarning(e.Message);
        }
    }
}
