using System.Diagnostics;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Add a model's predictions to objects, files or the rows of a dataset, or continue time series.</summary>
/// <remarks>
/// Each object is returned with the properties Prediction and Probability. If the label is an array, Prediction is an
/// array too and Probability is the lowest of its elements'. A model trained with -Reconstruct adds its reconstruction
/// error as Error, the loss Quantile adds each quantile, GaussianNLL adds Deviation.
///
/// Objects need the properties that the model was trained on, except the label; other properties are kept. Objects
/// without a type of their own, such as Import-Csv's, are copied first. An object that the model cannot read is one
/// error; the rest are still predicted. Text is parsed as in the training file: its decimal sign, digit groups and
/// texts for missing values are stored in the model. Each row of a dataset becomes an object. Objects are processed in
/// batches while they arrive fast, and one by one while they arrive slowly.
///
/// A model trained on image files takes image files or their paths and prepares them in the same way; each file is
/// returned with the properties added. Objects with a property of the name of the training data's image column, which
/// holds a path, work too.
///
/// For a model of time series, objects and datasets are rows of the past, in any order, with at least one window of
/// rows for each series. After the last input, each predicted step is an object with Time, Group and Prediction. The
/// windows of a dataset from ConvertTo-DlTimeSeries are predicted one by one.
/// </remarks>
/// <example>
/// <code>Import-Csv ./new.csv | Invoke-DlPrediction -Model ./m.dlmodel | Where-Object Probability -lt 0.6</code>
/// <para>Finds the rows that the model is unsure of, with a model from a file.</para>
/// </example>
/// <example>
/// <code>$split.Test | Invoke-DlPrediction -Model $model | Group-Object Label, Prediction -NoElement</code>
/// <para>Counts the predicted classes for each true class.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./new/*.jpg | Invoke-DlPrediction $model |
///     Where-Object Prediction -eq cat | Move-Item -Destination ./cats</code>
/// <para>Sorts pictures with a model that was trained on a folder of images.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./load.csv | Invoke-DlPrediction -Model ./load.dlmodel -Horizon 24 | Export-Csv forecast.csv</code>
/// <para>Continues each host's series by 24 hours. If the model predicts fewer steps at once, its predictions become
/// the input of the next ones.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlPrediction")]
[OutputType(typeof(PSObject), typeof(Forecast))]
public sealed class InvokeDlPredictionCommand : WorkCmdlet, IDisposable
{
    /// <summary>The name under which a file with its prediction has a view.</summary>
    private const string PredictedFile = "DeepPS.Commands.PredictedFile";

    /// <summary>The largest batch of objects, and of rows of a dataset.</summary>
    private const int MostObjects = 256, MostRows = 4096;

    /// <summary>The largest batch in input numbers, which makes batches of large images smaller.</summary>
    private const long MostNumbers = 1 << 26;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly List<PSObject> waiting = [];
    private int objectsAtOnce, rowsAtOnce;
    private Model? model;
    private PredictionInput? input;
    private SeriesHistory? history;
    private long flushed;

    /// <summary>Objects of any type, image files or their paths for a model of images, or a dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>A trained model, or the path of a model file or of a training's checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Model { get; set; } = null!;

    /// <summary>Number of time steps to predict. Default: the number that the model predicts at once.</summary>
    [Parameter]
    public int? Horizon { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        model = this.ModelOf(Model);
        var plan = model.Plan ?? throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has not been trained. Train it with Invoke-DlTraining, or load a trained one with "
            + "Import-DlModel.", model);
        input = new PredictionInput(this, plan);
        var fitting = Math.Max(1, MostNumbers / plan.Inputs.Sum(column => column.Shape.Size));
        (objectsAtOnce, rowsAtOnce) = ((int)Math.Min(fitting, MostObjects), (int)Math.Min(fitting, MostRows));
        if (plan.Series is not null || Horizon is not null)
            history = new SeriesHistory(model, Horizon);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var dataset = InputObject.BaseObject as Dataset;
        if (history is not null && !SeriesHistory.IsWindows(InputObject))
        {
            if (dataset is not null)
                Continue(dataset);
            else
                history.Add(InputObject);
            return;
        }

        if (dataset is not null)
        {
            PredictDataset(dataset);
            return;
        }

        waiting.AddRange(input!.Expand(InputObject));
        if (waiting.Count >= objectsAtOnce || Stopwatch.GetElapsedTime(flushed) > LongestWait)
            Flush();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (history is { Count: > 0 })
            Continue(history.Rows);
        else
            Flush();
    }

    /// <summary>Frees a model that was loaded for the predictions alone.</summary>
    public void Dispose()
    {
        if (model is not null && PipelineValue.Unwrap(Model) is not Models.Model)
            model.Dispose();
    }

    private void Continue(Dataset past) => Work((write, cancel) =>
    {
        void Refuse(DlException e) => write(() => WriteError(ErrorRecords.Of(e)));
        void Log(string text) => write(() => WriteVerbose(text));
        foreach (var forecast in history!.Forecasts(past, Refuse, Log, cancel))
            write(() => WriteObject(forecast));
    });

    private void Flush()
    {
        var batch = waiting.ToArray();
        waiting.Clear();
        new Bisection<IReadOnlyList<Prediction>>(
            (first, count) => Predictor.Predict(model!, input!.Rows(batch.Skip(first).Take(count))),
            e => e.Kind is DlErrorKind.InvalidData or DlErrorKind.InvalidArgument or DlErrorKind.NotFound,
            (first, predictions) =>
            {
                for (var i = 0; i < predictions.Count; i++)
                    WriteObject(Output(batch[first + i], predictions[i]));
            },
            (index, e) => WriteError(ErrorRecords.Of(input!.Check(batch[index]) ?? e, batch[index])))
            .Run(0, batch.Length);
        flushed = Stopwatch.GetTimestamp();
    }

    private void PredictDataset(Dataset dataset) => Work((write, cancel) =>
    {
        var bisection = new Bisection<(Dataset Rows, IReadOnlyList<Prediction> Predictions)>(
            (first, count) =>
            {
                var rows = dataset.Take(Enumerable.Range(first, count).ToArray());
                return (rows, Predictor.Predict(model!, rows, cancel));
            },
            e => e is MissingValueException,
            (first, batch) =>
            {
                for (var i = 0; i < batch.Predictions.Count; i++)
                {
                    var output = RowObject.Of(batch.Rows, i, first + i + 1).With(batch.Predictions[i]);
                    write(() => WriteObject(output));
                }
            },
            (index, e) =>
            {
                var row = RowObject.Of(dataset.Take([index]), 0, index + 1);
                write(() => WriteError(ErrorRecords.Of(e, row)));
            });
        for (var first = 0; first < dataset.Count; first += rowsAtOnce)
            bisection.Run(first, Math.Min(rowsAtOnce, dataset.Count - first));
    });

    /// <summary>An object, or a copy of one without a type of its own, with its prediction.</summary>
    private static PSObject Output(PSObject item, Prediction prediction)
    {
        var output = (item.BaseObject is PSCustomObject ? item.Copy() : item).With(prediction);
        if (output.BaseObject is FileInfo && !output.TypeNames.Contains(PredictedFile))
            output.TypeNames.Insert(0, PredictedFile);
        return output;
    }
}
