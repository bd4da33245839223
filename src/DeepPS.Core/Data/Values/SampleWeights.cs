using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The column with the weight of each row in the loss.</summary>
internal static class SampleWeights
{
    /// <summary>A column's weights, each a number of 0 or more.</summary>
    /// <exception cref="DlException"><c>InvalidWeight</c>: a weight is not, or the column is the label.</exception>
    public static NumberColumn Of(Column column, Column? label)
    {
        if (ReferenceEquals(column, label))
            throw Invalid($"Column '{column.Name}' is the label; it cannot be the weight too.", column.Name);
        var weights = column is NumberColumn or CategoryColumn ? column.AsNumbers()
            : throw Invalid($"Weight '{column.Name}' must hold numbers; it is of kind {column.Kind}.", column.Name);
        var wrong = 0;
        while (wrong < column.Count && weights.Span[wrong] >= 0)
            wrong++;
        return wrong == column.Count ? column as NumberColumn ?? new NumberColumn(column.Name, weights)
            : throw Invalid($"Weight '{column.Name}' must be a number of 0 or more in every row; "
                + $"row {wrong + 1:N0} has "
                + $"{(double.IsNaN(weights.Span[wrong]) ? "none" : NumberText.Format(weights.Span[wrong]))}.",
                    column.Name);
    }

    private static DlException Invalid(string message, string column) =>
        new("InvalidWeight", DlErrorKind.InvalidData, message, column);
}
