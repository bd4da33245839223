using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Measures how predictions change with one column: partial dependence.</summary>
/// <remarks>Each row gets the same value in the column and keeps its others; the predictions are averaged. Friedman,
/// Greedy function approximation (2001). As scikit-learn's <c>partial_dependence</c>.</remarks>
public static class DependenceCurve
{
    private const double Lowest = 0.05, Highest = 0.95;

    /// <summary>The points of the curve, one by one.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data; it needs no label.</param>
    /// <param name="column">The column: numbers, categories or points in time.</param>
    /// <param name="points">The number of values: from the 5th to the 95th percentile, or all values if there are
    /// fewer. Of categories all are used.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>ColumnNotFound</c>; <c>CurveColumn</c>: the column is
    /// an image, text or array; <c>CurveLabel</c>: predictions have no mean.</exception>
    public static IEnumerable<PartialDependence> Measure(Model model, Dataset data, string column, int points = 20,
        CancellationToken cancel = default) =>
        Measure(model, data, column, points, (Lowest, Highest), cancel);

    /// <summary>The points of the curve, for numbers between two quantiles of the column.</summary>
    internal static IEnumerable<PartialDependence> Measure(Model model, Dataset data, string column, int points,
        (double Low, double High) ends, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        var part = ImportanceMeter.Find(InputPart.Columns(plan), column);
        var encoder = plan.InputColumns.FirstOrDefault(input => input.Name == part.Name)?.Encoding as FeatureEncoder;
        if (encoder is null or IWholeEncoder)
            throw new DlException("CurveColumn", DlErrorKind.InvalidArgument,
                $"A curve needs a column of numbers, categories or times; '{part.Name}' is "
                + $"{encoder?.Description ?? "an image, text or a series"}.", column);
        var label = plan.Label!;
        if (label.IsInput || label.Kind is LabelKind.Labels or LabelKind.Text
            || label is { Kind: LabelKind.Class, Shape.Rank: > 0 }
            || label.Kind is LabelKind.Number && label.Shape.Size != label.Parts.Count
            || label.Kind is LabelKind.Class && !loss.GivesProbabilities)
            throw new DlException("CurveLabel", DlErrorKind.InvalidArgument,
                "A curve needs a model that predicts one number, or one class with its probability; label "
                + $"'{label.Name}' {label.Nature}, and the loss is {loss.Entry.Name}.", label.Name);
        var grid = Grid(data.Find(part.Name) ?? throw Missing(data, part.Name), points, ends);
        var numbers = new float[grid.Count * encoder.Width];
        encoder.Encode(grid, numbers, 0, encoder.Width);
        var device = TorchRuntime.Device(model.Device);
        using var samples = SampleSource.Of(data, plan, null, device) as DeviceData
            ?? throw ImportanceMeter.TooLarge(data);
        var reader = new OutputReader(label, loss, new PredictionOptions().For(model));
        for (var point = 0; point < grid.Count; point++)
        {
            var (means, deviations) = Moments(point);
            for (var i = 0; i < means.Length; i++)
                yield return new PartialDependence(part.Name, grid[point]!, label.Kind is LabelKind.Class
                    ? label.Values.GetValue(i) : label.Parts.Count > 1 ? label.Parts[i].Name : null,
                    means[i], deviations[i]);
        }

        (double[] Means, double[] Deviations) Moments(int point)
        {
            using var scope = NewDisposeScope();
            var value = tensor(numbers[(point * encoder.Width)..((point + 1) * encoder.Width)], device: device);
            using var changed = new ChangedData(samples,
                (first, size) => samples.Replaced(first, size, part.Slices, _ => value));
            var values = label.Kind is LabelKind.Class ? label.Classes.Count : label.Parts.Count;
            var sums = zeros(values, dtype: ScalarType.Float64, device: device);
            var squares = zeros_like(sums);
            Evaluator.Each(network, changed, ImportanceMeter.BatchSize(network), Threads.Count(null), cancel,
                (_, output) =>
                {
                    var predicted = Predicted(reader, loss, output);
                    sums.add_(predicted.sum([0]));
                    squares.add_(predicted.square().sum([0]));
                });
            cancel.ThrowIfCancellationRequested();
            var means = sums.div(samples.Count);
            return (Array(means), Array(squares.div(samples.Count).sub(means.square()).clamp_min(0).sqrt()));
        }
    }

    private static double[] Array(Tensor numbers) => numbers.cpu().data<double>().ToArray();

    /// <summary>Probabilities or numbers of each row (rows, values), float64.</summary>
    private static Tensor Predicted(OutputReader reader, Loss loss, Tensor output) =>
        reader.Label.Kind is LabelKind.Class
            ? loss.Probabilities(reader.Calibrated(output).to(ScalarType.Float64))!
            : reader.InUnit(loss.Numbers(output)).reshape(output.shape[0], -1);

    /// <summary>The values of the curve, as a column of the same kind.</summary>
    private static Column Grid(Column column, int points, (double Low, double High) ends)
    {
        var there = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).ToArray();
        if (column is CategoryColumn categories)
            return column.Take(there.DistinctBy(row => categories.Codes[row])
                .OrderBy(row => categories.Levels[categories.Codes[row]], StringComparer.CurrentCulture).ToArray());
        var sorted = there.OrderBy(row => column[row]).ToArray();
        var distinct = sorted.DistinctBy(row => column[row]).ToArray();
        if (distinct.Length <= points)
            return column.Take(distinct);
        if (column is not NumberColumn numbers)
            return column.Take(Enumerable.Range(0, points)
                .Select(i => sorted[(int)(At(i) * (sorted.Length - 1))]).Distinct().ToArray());
        var range = Quantiles.Of(numbers.Values, ends.Low, ends.High);
        return new NumberColumn(column.Name, Enumerable.Range(0, points)
            .Select(i => double.Lerp(range[0], range[1], i / Math.Max(1.0, points - 1))).Distinct().ToArray());

        double At(int i) => ends.Low + (ends.High - ends.Low) * i / Math.Max(1, points - 1);
    }

    private static DlException Missing(Dataset data, string name) => new("ColumnNotFound", DlErrorKind.NotFound,
        $"Column '{name}' is missing in '{data.Name}'. Found: "
        + $"{string.Join(", ", data.Columns.Select(column => column.Name))}.", name);
}
