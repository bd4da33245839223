using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Finds and marks the column that a dataset is split by.</summary>
internal static class SplitColumn
{
    /// <summary>The column; null: rows are split at random.</summary>
    /// <exception cref="DlException">
    /// <c>InvalidSplitColumn</c>: it does not exist, is the label, or several are named.
    /// </exception>
    public static Column? Of(Dataset dataset, SplitOptions options)
    {
        var names = new[] { options.Group, options.Time, options.By }.OfType<string>().ToArray();
        if (names.Length == 0)
            return null;
        if (names.Length > 1)
            throw Invalid(
                "A dataset can be split by group, by time or by a column that names parts, but only by one of them; "
                + $"got {string.Join(" and ", names)}.", names[1]);
        var column = dataset.Find(names[0]) ?? throw Invalid(
            $"'{names[0]}' is not a column to split by. "
            + $"Columns: {string.Join(", ", dataset.Columns.Select(other => other.Name))}.", names[0]);
        return column != dataset.Label ? column
            : throw Invalid(
                $"Column '{column.Name}' is the label; parts chosen by it cannot measure what was learned. Use another "
                + "column.", column.Name);
    }

    /// <summary>
    /// The dataset in which that column is not an input: the group or part of a row says nothing about rows of others.
    /// </summary>
    public static Dataset Mark(Dataset dataset, Column? column, SplitOptions options)
    {
        if (column is null || options.Time is not null)
            return dataset;
        var reason = options.Group is not null ? "the rows are split by its groups, and no part knows another's"
            : "it names the part of each row";
        return dataset.With(column.WithFacts(column.Facts with { LeftOut = reason, IsLeftOutByUse = true }));
    }

    private static DlException Invalid(string message, string column) =>
        new("InvalidSplitColumn", DlErrorKind.InvalidArgument, message, column);
}
