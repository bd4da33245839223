using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Measures how much a model depends on each column: permutation importance.</summary>
/// <remarks>A column's values are exchanged between the rows, which breaks their relation to the label, and the metric
/// is measured again. Breiman, Random forests (2001); Fisher, Rudin and Dominici (2019). As scikit-learn's
/// <c>permutation_importance</c>. Batches are permuted one by one: the data is encoded once and never copied.</remarks>
public static class ImportanceMeter
{
    /// <summary>The numbers that a batch's outputs of all layers hold together, about.</summary>
    private const long BatchNumbers = 1 << 23;

    private const int SmallestBatch = 256, LargestBatch = 1 << 12;

    /// <summary>The columns that can be measured, by name.</summary>
    /// <exception cref="DlException"><c>ModelNotTrained</c>.</exception>
    public static IReadOnlyList<string> Columns(Model model) =>
        InputPart.Columns(model.Trained().Plan).Select(part => part.Name).ToArray();

    /// <summary>The importance of each column, one by one.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data, including the label.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="progress">Told the share of the work done, from 0 to 1.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>ColumnNotFound</c>; <c>NoSteps</c>; the metrics or the
    /// data do not fit the model; <c>OutOfMemory</c>, <c>TooLarge</c>: there are too many rows.</exception>
    public static IEnumerable<ColumnImportance> Measure(Model model, Dataset data, ImportanceOptions? options = null,
        CancellationToken cancel = default, Action<double>? progress = null)
    {
        TorchRuntime.Ensure();
        options ??= new ImportanceOptions();
        var (network, plan, loss) = model.Trained();
        var parts = options.ByLag ? InputPart.Steps(plan) : Parts(InputPart.Columns(plan), options);
        var metrics = options.Metrics is null && plan.Label!.Kind is LabelKind.Number && loss.Predicts ? [new RMSE()]
            : LossChoice.Metrics(options.Metrics, plan.Label!, loss);
        var device = TorchRuntime.Device(model.Device);
        data = plan.Series?.WindowsOf(data) ?? data;
        using var samples = SampleSource.Of(data, plan, loss, device) as DeviceData ?? throw TooLarge(data);
        var reader = new OutputReader(plan.Label!, loss, new PredictionOptions().For(model));
        var before = Values(samples);
        var random = new SeededRandom(options.Seed);
        foreach (var (number, part) in parts.Index())
        {
            var worse = before.Select(_ => new double[options.Repeats]).ToArray();
            for (var repeat = 0; repeat < options.Repeats; repeat++)
            {
                var order = options.Permutation?.Invoke(number, repeat) ?? Shuffled(samples.Count, random);
                using var others = tensor(order, device: device).DetachFromDisposeScope();
                using var permuted = new ChangedData(samples, (first, size) =>
                    samples.Exchanged(first, part.Slices, others.narrow(0, first, size)));
                foreach (var (i, (_, value)) in Values(permuted).Index())
                    worse[i][repeat] = IsHigherBetter(metrics, before[i].Name)
                        ? before[i].Value - value : value - before[i].Value;
                progress?.Invoke((number * options.Repeats + repeat + 1.0) / (parts.Count * options.Repeats));
            }

            foreach (var (i, (name, value)) in before.Index())
                yield return new ColumnImportance(worse[i])
                {
                    Column = part.Name, Lag = part.Lag, Metric = name, Baseline = value,
                };
        }

        (string Name, double Value)[] Values(SampleSource source)
        {
            using var sums = Evaluator.Sum(network, source, loss, metrics, reader, device, BatchSize(network),
                Threads.Count(null), cancel);
            cancel.ThrowIfCancellationRequested();
            return metrics.Count == 0 ? [("Loss", sums.Loss)]
                : sums.Values().Select(pair => (pair.Key, pair.Value)).ToArray();
        }
    }

    /// <summary>The number of rows at once: larger batches than for training, since small networks take less time for
    /// arithmetic than for the calls.</summary>
    internal static int BatchSize(Network network) => (int)Math.Clamp(
        BatchNumbers / Math.Max(1, network.Nodes.Sum(node => node.OutputShape.Size)), SmallestBatch, LargestBatch);

    /// <summary>The part of a column.</summary>
    /// <exception cref="DlException"><c>ColumnNotFound</c>.</exception>
    internal static InputPart Find(IReadOnlyList<InputPart> columns, string name)
    {
        var names = columns.Select(part => part.Name).ToArray();
        var nearest = NearestName.Of(name, names);
        return columns.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{name}' is not a column that the model reads. "
                + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
                + $"Columns: {string.Join(", ", names)}.", name);
    }

    /// <summary>The error for data that is read in chunks.</summary>
    internal static DlException TooLarge(Dataset data) => new("TooLarge", DlErrorKind.NotAvailable,
        $"The {data.Count:N0} rows of '{data.Name}' do not fit into memory at once, and their columns are exchanged "
        + "between all of them. Use fewer rows: -Count.", data);

    private static InputPart[] Parts(IReadOnlyList<InputPart> columns, ImportanceOptions options)
    {
        var groups = options.Groups.Select(group =>
            InputPart.Join(group.Key, group.Value.Select(name => Find(columns, name)).Distinct())).ToArray();
        var grouped = options.Groups.SelectMany(group => group.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. groups, .. options.Columns?.Select(name => Find(columns, name))
            ?? columns.Where(part => !grouped.Contains(part.Name))];
    }

    private static long[] Shuffled(int count, SeededRandom random)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        random.Shuffle(order.AsSpan());
        return order;
    }

    private static bool IsHigherBetter(IReadOnlyList<Metric> metrics, string value) =>
        metrics.FirstOrDefault(metric => metric.Gives(value))?.HigherIsBetter ?? false;
}
