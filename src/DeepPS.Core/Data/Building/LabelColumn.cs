using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides whether a label is a class or a number, and gives the column that form.</summary>
internal static class LabelColumn
{
    private const int MostClasses = 20;
    private const int FewestRowsPerClass = 10;

    /// <summary>
    /// Text is a class. Numbers are numbers, unless they are whole, run from 0 or 1 without a gap, are at most 20, and
    /// have ten rows each or more on average: then they number the classes. The same holds for arrays of them.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">The kind of the label; null: decided by its values.</param>
    /// <param name="isOneOfSeveral">
    /// Whether other columns are predicted with it: numbers then are numbers, and names yes or no.
    /// </param>
    /// <param name="log">Receives messages about decisions.</param>
    public static Column Decide(Column column, LabelKind? kind, bool isOneOfSeveral, Action<string>? log)
    {
        if (!isOneOfSeveral)
            return column.ToLabel(kind, log);
        return kind is LabelKind.Number
            ? new NumberColumn(column.Name, column.AsNumbers())
                .With(column.Settings with { Kind = ColumnKind.Number }).WithFacts(column.Facts)
            : column;
    }

    /// <summary>
    /// The settings by which a label is read: its label kind overrides its column kind, and it is always read.
    /// </summary>
    public static ColumnSettings Settings(ColumnSettings column, LabelKind? kind) => kind switch
    {
        LabelKind.Class or LabelKind.Labels => column with { Kind = ColumnKind.Category },
        LabelKind.Number => column with { Kind = ColumnKind.Number },
        _ => column.Kind is ColumnKind.Ignore ? column with { Kind = null } : column,
    };

    /// <summary>Marks texts as a label of several names a row.</summary>
    /// <param name="texts">The names of each row as one text.</param>
    /// <param name="source">The column that was read.</param>
    /// <param name="log">Receives messages about decisions.</param>
    public static Column OfSeveral(CategoryColumn texts, Column source, Action<string>? log)
    {
        log?.Invoke($"Label '{texts.Name}' is several names a row, or none.");
        return texts.With(source.Settings).WithFacts(source.Facts with { HoldsSeveral = true });
    }

    /// <summary>How many classes numbers stand for; 0: they are amounts.</summary>
    public static int ClassCount(ReadOnlySpan<double> values)
    {
        var seen = new bool[MostClasses + 1];
        var rows = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (value < 0 || value > MostClasses || value != Math.Floor(value))
                return 0;
            seen[(int)value] = true;
            rows++;
        }

        var first = seen[0] ? 0 : 1;
        var count = 0;
        while (first + count < seen.Length && seen[first + count])
            count++;
        var hasNoGap = count == seen.Count(value => value);
        return hasNoGap && count is >= 2 and <= MostClasses && rows >= FewestRowsPerClass * count ? count : 0;
    }
}
