using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>
/// Predicts batches of objects on other threads and gives them back in order. The pipeline's thread reads the
/// properties, which may be scripts, and writes the output.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="plan">Its plan.</param>
/// <param name="options">The options.</param>
/// <param name="input">Reads the objects.</param>
internal sealed class PredictionQueue(Model model, DataPlan plan, PredictionOptions options, PredictionInput input)
    : IDisposable
{
    /// <summary>The name under which a file with its prediction has a view.</summary>
    private const string PredictedFile = "DeepPS.Commands.PredictedFile";

    private readonly Queue<Task<Batch>> ahead = new();
    private readonly CancellationTokenSource stop = new();
    private int started;
    private List<PSObject> waiting = [];
    private List<object?[]> values = [];

    /// <summary>Number of objects that no batch holds yet.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Number of batches to take.</summary>
    public int Count => ahead.Count;

    /// <summary>Whether a batch should be taken before another is started.</summary>
    public bool IsFull => ahead.Count > Environment.ProcessorCount;

    /// <summary>The properties that objects lack.</summary>
    public MissingProperties Missing { get; } = new();

    /// <summary>Counts the objects taken with values unlike those of training.</summary>
    public UnfamiliarCount Unfamiliar { get; } = new();

    /// <summary>Adds an object.</summary>
    public void Add(PSObject item)
    {
        waiting.Add(item);
        values.Add(input.Values(item));
    }

    /// <summary>Starts the prediction of the objects that wait.</summary>
    public void Start()
    {
        if (waiting.Count == 0)
            return;
        var (items, rows) = (waiting, values);
        (waiting, values) = (new(items.Count), new(items.Count));
        var own = options.From(started);
        started += items.Count;
        ahead.Enqueue(Task.Run(() => Predict(items, rows, own)));
    }

    /// <summary>The oldest batch: each object with its prediction, or its error.</summary>
    /// <remarks>
    /// An object without a type of its own is a copy, and so is one that has a property of such a name already: added
    /// properties belong to the object, and would take the place of its own, or of another model's, for all who hold
    /// it.
    /// </remarks>
    public IEnumerable<(PSObject? Output, ErrorRecord? Error)> Take()
    {
        var batch = ahead.Dequeue().GetAwaiter().GetResult();
        for (var i = 0; i < batch.Items.Count; i++)
        {
            if (batch.Errors[i] is { } e)
            {
                if (ErrorOf(batch.Items[i], e) is { } error)
                    yield return (null, error);
                continue;
            }

            Unfamiliar.Add(batch.Predictions[i]!.Unfamiliar);
            var output = batch.Outputs[i] ?? batch.Items[i].WithOrCopy(batch.Predictions[i]!);
            if (output.BaseObject is FileInfo && !output.TypeNames.Contains(PredictedFile))
                output.TypeNames.Insert(0, PredictedFile);
            yield return (output, null);
        }
    }

    /// <summary>Ends the batches early.</summary>
    public void Cancel() => stop.Cancel();

    /// <summary>Waits for the batches, which use the model.</summary>
    public void Dispose()
    {
        foreach (var batch in ahead)
            batch.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    private Batch Predict(List<PSObject> items, List<object?[]> rows, PredictionOptions own)
    {
        var batch = new Batch(items, new Prediction?[items.Count], new PSObject?[items.Count],
            new DlException?[items.Count]);
        new Bisection<IReadOnlyList<Prediction>>(
            (first, count) => Predictor.Predict(model, DatasetOf(rows, first, count), own.From(first), stop.Token),
            e => e.Kind is DlErrorKind.InvalidData or DlErrorKind.InvalidArgument or DlErrorKind.NotFound,
            (first, predictions) =>
            {
                for (var i = first; i < first + predictions.Count; i++)
                {
                    batch.Predictions[i] = predictions[i - first];
                    if (items[i].BaseObject is PSCustomObject)
                        batch.Outputs[i] = items[i].Copy().WithNew(predictions[i - first]);
                }
            },
            (index, e) => batch.Errors[index] = e)
            .Run(0, items.Count);
        return batch;
    }

    private Dataset DatasetOf(List<object?[]> rows, int first, int count)
    {
        for (var i = first; i < first + count; i++)
            if (Array.IndexOf(rows[i], PredictionInput.Absent) is var place and >= 0)
                throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                    $"Column '{input.Columns[place]}' is missing.", input.Columns[place]);
        return plan.FromColumns(name =>
        {
            var (place, column) = (input.PlaceOf(name), new object?[count]);
            for (var i = 0; i < count; i++)
                column[i] = rows[first + i][place];
            return column;
        });
    }

    /// <summary>The error of an object; null where the error for its missing property was given before.</summary>
    private ErrorRecord? ErrorOf(PSObject item, DlException e)
    {
        var error = input.Check(item) ?? e;
        return Missing.Shows(error) ? ErrorRecords.Of(error, item) : null;
    }

    private sealed record Batch(List<PSObject> Items, Prediction?[] Predictions, PSObject?[] Outputs,
        DlException?[] Errors);
}
