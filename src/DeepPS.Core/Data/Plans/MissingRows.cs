using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Drops or refuses rows that lack a required value.</summary>
internal static class MissingRows
{
    /// <summary>Drops the rows without a value in some columns, and counts them.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="log">Told how many rows each column drops.</param>
    public static (Dataset Kept, int Dropped) Drop(Dataset data, IReadOnlyList<Column> columns, Action<string>? log)
    {
        if (Kept(data, columns, log) is not { } rows)
            return (data, 0);
        var kept = data.Take(rows.Span);
        GC.KeepAlive(rows);
        return (kept, data.Count - kept.Count);
    }

    /// <summary>Warns of rows without a label, which nothing is learned from.</summary>
    public static void WarnOfLabels(Dataset data, Action<string>? warn)
    {
        foreach (var label in warn is null ? [] : data.Labels.Where(label => !label.Facts.HoldsSeveral))
            if (label.Missing is var missing and > 0 && missing < data.Count)
                warn!($"{missing:N0} of {data.Count:N0} rows of '{data.Name}' have no value in the label "
                    + $"'{label.Name}'. Training and measuring leave them out.");
    }

    /// <summary>The rows that have a value in each of some columns; null: all.</summary>
    public static ColumnStore<int>? Kept(Dataset data, IReadOnlyList<Column> columns, Action<string>? log)
    {
        var lacking = columns.Where(column => column.Missing > 0).ToArray();
        if (lacking.Length == 0)
            return null;
        foreach (var column in lacking)
            log?.Invoke($"{column.Missing:N0} of {data.Count:N0} rows of '{data.Name}' are dropped: "
                + $"their {(data.IsLabel(column) ? "label " : "")}'{column.Name}' is missing.");
        var rows = new ColumnBuffer<int>(data.Budget?.BeyondScratch((long)data.Count * sizeof(int)));
        for (var row = 0; row < data.Count; row++)
            if (!Array.Exists(lacking, column => column.IsMissing(row)))
                rows.Add(row);
        return rows.ToStore();
    }

    /// <summary>Refuses data with missing values in some columns.</summary>
    /// <exception cref="DlException"><c>MissingValue</c>.</exception>
    public static void Refuse(Dataset data, IEnumerable<Column> columns)
    {
        foreach (var column in columns)
            if (column.Missing > 0)
                throw new MissingValueException(
                    $"Column '{column.Name}' must have a value in every row; {column.Missing:N0} of {data.Count:N0} "
                    + $"rows of '{data.Name}' have none, the first is row "
                    + $"{Enumerable.Range(0, data.Count).First(column.IsMissing) + 1:N0}. "
                    + "Fill them, or train with another rule for missing values, such as Median.", column.Name);
    }
}
