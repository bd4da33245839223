using System.Diagnostics;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Predicts: gives each object back with the properties Prediction and Probability.</summary>
/// <remarks>
/// Where the label is an array, so is the prediction; the probability is then that of its least sure place. A model that gives
/// its input back adds how far it is off as Error, one with the loss Quantile each quantile, with GaussianNLL the Deviation.
/// Objects need the properties that the model was trained on, the label apart; others stay as they are. Objects without a
/// type of their own, such as Import-Csv's, are copied first. An object that the model cannot read is one error, and the
/// others go on. Text is read as the file of training was written: its decimal sign, groups of digits and texts for no value
/// are kept in the model. Of a dataset, each row becomes an object. Objects go through the network many at a time while they come
/// fast, and one by one while they come slowly.
///
/// A model that was trained on image files takes such files, or their paths; they are prepared as those were, and each file comes
/// back with the properties added. Objects with a property that holds the path, under the name of the training data's column, are
/// taken too.
///
/// For a model of a time series, objects and datasets are rows of the past, in any
/// order, at least as many of each series as a window has steps; when all have come, each step ahead is an object with Time,
/// Group and Prediction. Of a dataset of windows, each window is predicted for itself.
/// </remarks>
/// <example>
/// <code>Import-Csv ./new.csv | Invoke-DlPrediction -Model ./m.dlmodel | Where-Object Probability -lt 0.6</code>
/// <para>Finds the rows of which the model is not sure, with a model from a file.</para>
/// </example>
/// <example>
/// <code>$split.Test | Invoke-DlPrediction -Model $model | Group-Object Label, Prediction -NoElement</code>
/// <para>Counts how often each class is taken for which.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./new/*.jpg | Invoke-DlPrediction $model | Where-Object Prediction -eq cat | Move-Item -Destination ./cats</code>
/// <para>Sorts pictures with a model that was trained on a folder of images.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./load.csv | Invoke-DlPrediction -Model ./load.dlmodel -Horizon 24 | Export-Csv forecast.csv</code>
/// <para>Continues the series of each host by 24 hours. Where the model predicts fewer at once, its predictions are the past of the next.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlPrediction")]
[OutputType(typeof(PSObject), typeof(Forecast))]
public sealed class InvokeDlPredictionCommand : WorkCmdlet, IDisposable
{
    /// <summary>The name under which a file with its prediction has a view.</summary>
    private const string PredictedFile = "DeepPS.Commands.PredictedFile";

    /// <summary>How many objects go through the network at a time, and how many rows of a dataset are made ready, at most.</summary>
    private const int MostObjects = 256, MostRows = 4096;

    /// <summary>Of large images it is fewer: so many numbers.</summary>
    private const long MostNumbers = 1 << 26;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly List<PSObject> waiting = [];
    private HashSet<string> columns = [];
    private string? fileColumn;
    private int objectsAtOnce, rowsAtOnce;
    private Model? model;
    private SeriesHistory? history;
    private long flushed;

    /// <summary>The objects, of any type; image files or their paths, where the model takes images; or a dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>A trained model, or the path of a model file or of a training's checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Model { get; set; } = null!;

    /// <summary>How many steps of a time series to predict. Without it: as many as the model predicts at once.</summary>
    [Parameter]
    public int Horizon { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        model = this.ModelOf(Model);
        var plan = model.Plan ?? throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has not been trained. Train it with Invoke-DlTraining, or load a trained one with Import-DlModel.", model);
        columns = plan.Columns.Where(column => column.Role == ColumnRole.Input).Select(column => column.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        fileColumn = plan.FileColumn;
        var fitting = Math.Max(1, MostNumbers / plan.Inputs.Sum(input => input.Shape.Size));
        (objectsAtOnce, rowsAtOnce) = ((int)Math.Min(fitting, MostObjects), (int)Math.Min(fitting, MostRows));
        if (plan.Series is not null || Given(nameof(Horizon)))
            history = new SeriesHistory(model, Given(nameof(Horizon)) ? Horizon : null);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (history is not null && !SeriesHistory.IsWindows(InputObject))
        {
            if (InputObject.BaseObject is Dataset past)
                Continue(past);
            else
                history.Add(InputObject);
            return;
        }

        if (InputObject.BaseObject is Dataset dataset)
        {
            PredictDataset(dataset);
            return;
        }

        if (fileColumn is not null && InputObject.BaseObject is string path)
            waiting.AddRange(this.ResolveFiles([path], literal: false).Select(file => PSObject.AsPSObject(new FileInfo(file))));
        else
            waiting.Add(InputObject);
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
        foreach (var forecast in history!.Forecasts(past, e => write(() => WriteError(ErrorRecords.Of(e))), text => write(() => WriteVerbose(text)), cancel))
            write(() => WriteObject(forecast));
    });

    private void Flush()
    {
        var batch = waiting.ToArray();
        waiting.Clear();
        Predict(batch);
        flushed = Stopwatch.GetTimestamp();
    }

    /// <summary>Predicts all at once; where that fails because of an object, finds it by halves.</summary>
    private void Predict(ReadOnlySpan<PSObject> batch)
    {
        if (batch.Length == 0)
            return;
        IReadOnlyList<Prediction> predictions;
        try
        {
            var rows = new List<Dictionary<string, object?>>(batch.Length);
            foreach (var input in batch)
                rows.Add(Row(input, columns.Contains));
            predictions = Predictor.Predict(model!, model!.Plan!.Rows(rows));
        }
        catch (DlException e) when (e.Kind is DlErrorKind.InvalidData or DlErrorKind.InvalidArgument or DlErrorKind.NotFound)
        {
            if (batch.Length == 1)
            {
                WriteError(ErrorRecords.Of(model!.Plan!.Check(Row(batch[0], _ => true)) ?? e, batch[0]));
                return;
            }

            Predict(batch[..(batch.Length / 2)]);
            Predict(batch[(batch.Length / 2)..]);
            return;
        }

        for (var i = 0; i < batch.Length; i++)
            WriteObject(AsFile((batch[i].BaseObject is PSCustomObject ? batch[i].Copy() : batch[i]).With(predictions[i])));
    }

    /// <summary>What the model is given of an object: of a file its path, and a path as the session sees it.</summary>
    private Dictionary<string, object?> Row(PSObject input, Func<string, bool> wanted)
    {
        if (fileColumn is null)
            return PipelineValue.Row(input, wanted);
        if (input.BaseObject is FileInfo file)
            return new() { [fileColumn] = file.FullName };
        var row = PipelineValue.Row(input, wanted);
        if (row.GetValueOrDefault(fileColumn) is string path)
            row[fileColumn] = this.ResolveTarget(path);
        return row;
    }

    private void PredictDataset(Dataset dataset) => Work((write, cancel) =>
    {
        for (var first = 0; first < dataset.Count; first += rowsAtOnce)
            PredictRows(dataset, first, Math.Min(rowsAtOnce, dataset.Count - first), write, cancel);
    });

    /// <summary>Predicts rows of a dataset; where one lacks a value that it must have, finds it by halves.</summary>
    private void PredictRows(Dataset dataset, int first, int count, Action<Action> write, CancellationToken cancel)
    {
        var rows = dataset.Take(Enumerable.Range(first, count).ToArray());
        IReadOnlyList<Prediction> predictions;
        try
        {
            predictions = Predictor.Predict(model!, rows, cancel);
        }
        catch (DlException e) when (e.Id == "MissingValue")
        {
            if (count == 1)
            {
                var row = RowObject.Of(rows, 0, first + 1);
                write(() => WriteError(ErrorRecords.Of(e, row)));
                return;
            }

            PredictRows(dataset, first, count / 2, write, cancel);
            PredictRows(dataset, first + count / 2, count - count / 2, write, cancel);
            return;
        }

        for (var i = 0; i < predictions.Count; i++)
        {
            var output = RowObject.Of(rows, i, first + i + 1).With(predictions[i]);
            write(() => WriteObject(output));
        }
    }

    /// <summary>A file with a prediction prints as what was predicted.</summary>
    private static PSObject AsFile(PSObject output)
    {
        if (output.BaseObject is FileInfo && !output.TypeNames.Contains(PredictedFile))
            output.TypeNames.Insert(0, PredictedFile);
        return output;
    }
}
