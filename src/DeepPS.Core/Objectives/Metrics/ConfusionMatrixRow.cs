using System.Globalization;

namespace DeepPS.Objectives;

/// <summary>A row of a confusion matrix: the samples of a class by predicted class. Cmdlets show each count as a
/// property.</summary>
public sealed class ConfusionMatrixRow
{
    private readonly IReadOnlyList<KeyValuePair<string, long>> predicted;
    private readonly IReadOnlyList<ConfusionMatrixRow> rows;
    private readonly int place;

    private ConfusionMatrixRow(string of, IReadOnlyList<KeyValuePair<string, long>> predicted,
        IReadOnlyList<ConfusionMatrixRow> rows, int place)
    {
        Class = of;
        this.predicted = predicted;
        this.rows = rows;
        this.place = place;
    }

    /// <summary>The true class of the samples.</summary>
    public string Class { get; }

    /// <summary>The number of samples by predicted class.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Predicted() => predicted;

    /// <summary>The row as a line of text; the first row includes the heading.</summary>
    /// <param name="width">The largest width of a line. If the names of the classes do not fit, the columns have the
    /// numbers of the classes, which follow their names in the rows.</param>
    public string Text(int width = int.MaxValue)
    {
        var heads = predicted.Select(cell => cell.Key).ToArray();
        var names = rows.Select(row => row.Class).ToArray();
        var widths = Widths(names, heads);
        if (widths.Sum() + 2 * heads.Length > width)
        {
            heads = heads.Select((_, i) => Number(i + 1)).ToArray();
            names = names.Select((name, i) => $"{name} ({heads[i]})").ToArray();
            widths = Widths(names, heads);
        }

        var line = Line(widths, names[place], predicted.Select(cell => Number(cell.Value)));
        return place > 0 ? line : string.Join(Environment.NewLine, Line(widths, nameof(Class), heads),
            Line(widths, "-----", heads.Select(head => new string('-', head.Length))), line);
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
        var rows = new List<ConfusionMatrixRow>();
        foreach (var (place, row) in counts.Chunk(classes.Count).Index())
            rows.Add(new ConfusionMatrixRow(classes[place], classes.Zip(row, KeyValuePair.Create).ToArray(), rows,
                place));
        return rows;
    }

    /// <summary>The widths of the columns of a table with these names of rows and of columns.</summary>
    private int[] Widths(string[] names, string[] heads) =>
    [
        names.Append(nameof(Class)).Max(name => name.Length),
        .. heads.Select((head, i) => Math.Max(head.Length,
            rows.Max(row => Number(row.predicted[i].Value).Length))),
    ];

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Line(int[] widths, string name, IEnumerable<string> cells) =>
        name.PadRight(widths[0]) + string.Concat(cells.Select((cell, i) => "  " + cell.PadLeft(widths[i + 1])));
}
