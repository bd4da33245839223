using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides whether a label is a class or a number, and gives the column that form.</summary>
internal static class LabelColumn
{
    /// <summary>The most different whole numbers that are classes: any, and those from 0 or 1 without a gap.</summary>
    private const int MostClasses = 10, MostInARow = 20;

    /// <summary>The fewest rows of a class on average: of two classes, and of more.</summary>
    private const int FewestRowsOfTwo = 4, FewestRowsPerClass = 10;

    /// <summary>
    /// Text is a class. Numbers are numbers, unless they are whole, few differ, and there are many rows of each on
    /// average: then they are classes, such as -1 and 1, or 0 to 9. The same holds for arrays of them.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">The kind of the label; null: decided by its values.</param>
    /// <param name="isOneOfSeveral">
    /// Whether other columns are predicted with it: numbers then are numbers, and names yes or no.
    /// </param>
    /// <param name="log">Receives messages about decisions.</param>
    public static Column Decide(Column column, LabelKind? kind, bool isOneOfSeveral, Action<string>? log)
    {
        if (kind is LabelKind.Text)
            return OfText(column, isOneOfSeveral, log);
        if (!isOneOfSeveral)
            return column.ToLabel(kind, log);
        if (column.Settings.Classes is not null)
            throw SettingsCheck.Invalid(column, "Classes is for a label that is predicted alone");
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
        LabelKind.Text => column with { Kind = ColumnKind.Text },
        LabelKind.Number => column with { Kind = ColumnKind.Number },
        _ => column.Kind is ColumnKind.Ignore ? column with { Kind = null } : column,
    };

    /// <summary>The kind of a label: one with Classes is a class.</summary>
    public static LabelKind? KindOf(ColumnSettings column, LabelKind? kind) =>
        kind ?? (column.Classes is null ? null : LabelKind.Class);

    /// <summary>Marks texts as a label of several names a row.</summary>
    /// <param name="texts">The names of each row as one text.</param>
    /// <param name="source">The column that was read.</param>
    /// <param name="log">Receives messages about decisions.</param>
    public static Column OfSeveral(CategoryColumn texts, Column source, Action<string>? log)
    {
        log?.Invoke($"Label '{texts.Name}' is several names a row, or none.");
        return texts.With(source.Settings).WithFacts(source.Facts with { HoldsSeveral = true });
    }

    private static Column OfText(Column column, bool isOneOfSeveral, Action<string>? log)
    {
        if (column is not CategoryColumn || isOneOfSeveral)
            throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                $"Label '{column.Name}' of kind Text must be one column of text; it is "
                + (isOneOfSeveral ? "one of several labels." : $"a column of kind {column.Kind}."), column.Name);
        log?.Invoke($"Label '{column.Name}' is text, which the network produces token by token.");
        return column.WithFacts(column.Facts with { IsText = true });
    }

    /// <summary>How many classes numbers stand for; 0: they are amounts.</summary>
    public static int ClassCount(ReadOnlySpan<double> values)
    {
        var seen = new HashSet<double>();
        var rows = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            if (value != Math.Floor(value) || seen.Add(value) && seen.Count > MostInARow)
                return 0;
            rows++;
        }

        var isInARow = seen.Count > 0 && seen.Min() is 0 or 1
            && seen.Max() == seen.Min() + seen.Count - 1;
        var needed = seen.Count == 2 ? FewestRowsOfTwo : FewestRowsPerClass;
        return seen.Count >= 2 && (isInARow || seen.Count <= MostClasses) && rows >= needed * seen.Count
            ? seen.Count : 0;
    }

    /// <summary>Tells that a label is a number, and how to make it a class.</summary>
    public static void LogNumber(string name, Action<string>? log) =>
        log?.Invoke($"Label '{name}' is a number. If its values are classes, use -LabelKind Class.");
}
