using System.Diagnostics;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Commands;

/// <summary>Add a model's predictions to objects, files or the rows of a dataset, or continue time series.</summary>
/// <remarks>
/// Each object is returned with the properties Prediction and Probability. If the label is an array, Prediction is an
/// array too and Probability is the lowest of its elements'. A model trained with -Reconstruct adds its reconstruction
/// error as Error. The losses Quantile and GaussianNLL add the interval from Low to High: the outer quantiles, or the
/// range of 95%; and each quantile, or the standard deviation as Deviation.
///
/// For a model of tables, the property Unfamiliar lists the columns of an object whose values are unlike those of
/// training: names that were rare or absent there, and numbers outside its range by more than half of the range. One
/// warning counts them.
///
/// Objects need the properties that the model was trained on, except the label; other properties are kept. Objects
/// without a type of their own, such as Import-Csv's, are copied first, and so are objects that have a property of such
/// a name already. An object that the model cannot read is one error; the rest are still predicted. Text is parsed as
/// in the training file: its decimal sign, digit groups and texts for missing values are stored in the model. Each row
/// of a dataset becomes an object. Objects are processed in batches while they arrive fast, and one by one while they
/// arrive slowly.
///
/// A model trained on image files takes image files or their paths and prepares them in the same way; each file is
/// returned with the properties added. Objects with a property of the name of the training data's image column, which
/// holds a path, work too.
///
/// For a model of time series, objects and datasets are rows of the past, in any order, with at least one window of
/// rows for each series. After the last input, each predicted step is an object with Time, Group and Prediction. The
/// windows of a dataset from ConvertTo-DlTimeSeries are predicted one by one.
///
/// A model that is not trained, or whose weights are set by New-DlModel -Weight, reads the properties of an object that
/// are numbers, in their order and as they are; the network's outputs are the predictions.
///
/// A model of a text label produces a text for each object, token by token: with the most likely token each time, by
/// beam search (-Beam), or with tokens drawn at random (-Temperature, -TopK, -TopP). Probability is that of the whole
/// text. A language model, trained on data with no column but its label, goes on with the text of each object. A model
/// that reads one text takes texts too. Words that training did not know are listed as Unfamiliar.
///
/// -Path and -OutFile predict a CSV file to a CSV file, without an object for each row: each row is copied as it is,
/// and the predictions are appended as columns. The new file is in UTF-8 and otherwise written as the first file, and
/// has a header. It is written as a whole or not at all. A row that the model cannot read is an error and stays in the
/// file without a prediction.
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
/// <example>
/// <code>Invoke-DlPrediction -Model ./m.dlmodel -Path ./new.csv -OutFile ./predicted.csv -Probability All</code>
/// <para>Predicts a large file, with a column for the probability of each class.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./new.csv | Invoke-DlPrediction $model -Positive fails -Threshold 0.2</code>
/// <para>Predicts fails from a probability of 0.2 on.</para>
/// </example>
/// <example>
/// <code>'the black cat sleeps.' | Invoke-DlPrediction $translator -Beam 4</code>
/// <para>Translates a sentence by beam search.</para>
/// </example>
/// <example>
/// <code>'It was' | Invoke-DlPrediction $language -Generate 200 -Temperature 0.8 -TopP 0.9 -Seed 1</code>
/// <para>Goes on with a text for 200 tokens.</para>
/// </example>
/// <example>
/// <code>$rows = Get-ChildItem ./new/*.jpg | Invoke-DlPrediction $model -Layer features -As Features
/// $table = $rows | ConvertTo-DlDataset -Property Features, Prediction -Label Prediction</code>
/// <para>Adds what a layer makes of each picture, as inputs of another model.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlPrediction", SupportsShouldProcess = true, DefaultParameterSetName = Objects)]
[OutputType(typeof(PSObject), typeof(Forecast), ParameterSetName = [Objects])]
[OutputType(typeof(FileInfo), ParameterSetName = [Files, LiteralFiles])]
public sealed partial class InvokeDlPredictionCommand : WorkCmdlet, IDisposable
{
    private const string Objects = "Object", Files = "Path", LiteralFiles = "LiteralPath";

    /// <summary>The largest batch of objects, and of rows of a dataset.</summary>
    private const int MostObjects = 1024, MostRows = 4096;

    /// <summary>The largest batch of texts to produce.</summary>
    private const int MostTexts = 64;

    /// <summary>The largest batch in input numbers, which makes batches of large images smaller.</summary>
    private const long MostNumbers = 1 << 26;

    /// <summary>The most rows of files that get their own error.</summary>
    private const int MostErrors = 10;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private int objectsAtOnce, rowsAtOnce;
    private Model? model;
    private PredictionInput? input;
    private PredictionQueue? queue;
    private SeriesHistory? history;
    private long flushed;

    /// <inheritdoc/>
    protected override object? Input => ParameterSetName == Objects ? InputObject : OutFile;

    private PredictionOptions Options =>
        new()
        {
            Probability = Probability, Threshold = Threshold, Positive = Positive, Layer = Layer, As = As,
            Decoding = Decoding,
        };

    /// <inheritdoc/>
    protected override void Begin()
    {
        model = this.ModelOf(Model);
        if (model is not { Plan: null, Network: not null } || ParameterSetName != Objects || Horizon is not null)
            Prepare();
    }

    private void Prepare()
    {
        var plan = model!.Plan ?? throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{model.Name}' has not been trained. Train it with Invoke-DlTraining, or load a trained one with "
            + "Import-DlModel.", model);
        Options.Check(model);
        if (Layer is not null)
            TrainedLayers.PlaceOf(model.Network!, Layer);
        input = new PredictionInput(this, plan);
        queue = new PredictionQueue(model, plan, Options, input);
        var fitting = Math.Max(1, MostNumbers / plan.Inputs.Sum(column => column.Shape.Size));
        (objectsAtOnce, rowsAtOnce) = ((int)Math.Min(fitting, MostObjects), (int)Math.Min(fitting, MostRows));
        if (plan.Label!.Kind is LabelKind.Text)
            objectsAtOnce = rowsAtOnce = Math.Min(objectsAtOnce, MostTexts);
        if (plan.Series is not null || Horizon is not null)
            history = new SeriesHistory(model, Horizon);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName != Objects)
        {
            PredictFiles();
            return;
        }

        var dataset = InputObject.BaseObject as Dataset;
        if (queue is null)
        {
            model = UntrainedInput.ReadyFor(model!, InputObject);
            Prepare();
        }

        if (history is not null && !SeriesHistory.IsWindows(InputObject))
        {
            if (dataset is not null)
                Continue(dataset);
            else
                Remember(InputObject);
            return;
        }

        if (dataset is not null)
        {
            PredictDataset(dataset);
            return;
        }

        foreach (var item in input!.Expand(InputObject))
            queue!.Add(item);
        if (Stopwatch.GetElapsedTime(flushed) > LongestWait)
            Flush();
        else if (queue!.Waiting >= objectsAtOnce)
        {
            queue.Start();
            while (queue.IsFull)
                Write();
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (queue is null)
            return;
        if (ParameterSetName == Objects)
            EndObjects();
        if (queue.Unfamiliar.Message is { } message)
            WriteWarning(message);
    }

    private void EndObjects()
    {
        if (history is { Count: > 0 })
            Continue(history.Rows);
        else
            Flush();
        foreach (var warning in queue!.Missing.Warnings(history is null ? "have no prediction" : "are left out"))
            WriteWarning(warning);
    }

    /// <summary>Adds an object to the past of its series.</summary>
    private void Remember(PSObject row)
    {
        try
        {
            history!.Add(row);
        }
        catch (DlException e) when (!queue!.Missing.Shows(e))
        {
            // Its error was shown before; the objects are counted.
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        queue?.Cancel();
    }

    /// <summary>Frees a model that was loaded for the predictions alone.</summary>
    public void Dispose()
    {
        queue?.Dispose();
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

    /// <summary>Predicts and writes all objects so far.</summary>
    private void Flush()
    {
        queue!.Start();
        while (queue.Count > 0)
            Write();
        flushed = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes the objects of the oldest batch.</summary>
    private void Write()
    {
        foreach (var (output, error) in queue!.Take())
            if (error is null)
                WriteObject(output);
            else
                WriteError(error);
        flushed = Stopwatch.GetTimestamp();
    }
}
