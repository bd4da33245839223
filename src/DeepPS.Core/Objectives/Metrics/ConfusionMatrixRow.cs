using System.Globalization;

namespace DeepPS.Objectives;

/// <summary>A row of a confusion matrix: the samples of a class by predicted class. Cmdlets show each count as a
/// property.</summary>
public sealed class ConfusionMatrixRow
{
    private readonly IReadOnlyList<KeyValuePair<string, long>> predicted;
    private readonly int[] widths;
    private readonly bool first;

    private ConfusionMatrixRow(string of, IReadOnlyList<KeyValuePair<string, long>> predicted, int[] widths, bool first)
    {
        Class = of;
        this.predicted = predicted;
        this.widths = widths;
        this.first = first;
    }

    /// <summary>The true class of the samples.</summary>
    public string Class { get; }

    /// <summary>The number of samples by predicted class.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Predicted() => predicted;

    /// <summary>The row as a line of text; the first row includes the heading.</summary>
    public string Text()
    {
        var line = Line(Class, predicted.Select(count => Number(count.Value)));
        return first ? Line(nameof(Class), predicted.Select(count => count.Key)) + Environment.NewLine
            + Line("-----", predicted.Select(count => new string('-', count.Key.Length))) + Environment.NewLine + line
            : line;
    }

    /// <summary>The counts on one line.</summary>
    public override string ToString() =>
        $"{Class}: " + string.Join(", ", predicted.Where(count => count.Value > 0)
            .Select(count => $"{Number(count.Value)} {count.Key}"));

    /// <summary>The rows of a matrix.</summary>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="counts">The counts by predicted class, for the first class, then for the second, ...</param>
    internal static IReadOnlyList<ConfusionMatrixRow> Table(IReadOnlyList<string> classes, long[] counts)
    {
        var rows = counts.Chunk(classes.Count).ToArray();
        int[] widths =
        [
            classes.Append(nameof(Class)).Max(name => name.Length),
            .. classes.Select((name, i) => Math.Max(name.Length, rows.Max(row => Number(row[i]).Length))),
        ];
        return rows.Select((row, i) =>
            new ConfusionMatrixRow(classes[i], classes.Zip(row, KeyValuePair.Create).ToArray(), widths, i == 0))
                .ToArray();
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private string Line(string name, IEnumerable<string> cells) =>
        name.PadRight(widths[0]) + string.Concat(cells.Select((cell, i) => "  " + cell.PadLeft(widths[i + 1])));
}
