using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The number that replaces missing ones.</summary>
internal static class Imputation
{
    /// <summary>The value that replaces missing ones by a column's rule; NaN marks missing ones.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Its training values.</param>
    /// <param name="otherwise">The default rule.</param>
    /// <param name="parse">Reads the column's fill; null where the column cannot hold it.</param>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>: the fill is not valid.</exception>
    /// <remarks>scikit-learn's SimpleImputer.</remarks>
    public static double Of(
        Column column, ColumnStore<double> values, MissingRule otherwise, Func<string, double?> parse)
    {
        var rule = column.Settings.MissingRule is { } named and not (MissingRule.Drop or MissingRule.Refuse) ? named
            : otherwise;
        if (rule is MissingRule.Constant)
            return parse(column.Settings.Fill!) ?? throw SettingsCheck.Invalid(column,
                $"Fill '{column.Settings.Fill}' cannot replace missing values of a "
                    + $"{column.Settings.Kind?.ToString() ?? column.Kind}");
        if (rule is MissingRule.Mean)
            return Standardization.Of(values.Span).Mean;
        return rule is MissingRule.Median ? Quantiles.Of(values.Span, 0.5) is [var median] ? median : 0
            : MostFrequent(values);
    }

    /// <summary>The most frequent number, the smallest of several; 0 where all are missing.</summary>
    private static double MostFrequent(ColumnStore<double> values)
    {
        using var scratch = new ScratchArray<double>(values.Span.Length, values.Budget);
        values.Span.CopyTo(scratch.Span);
        // NaN sorts before every number.
        scratch.Span.Sort();
        var sorted = scratch.Span[values.Span.CountNaN()..];
        if (sorted.IsEmpty)
            return 0;
        var (best, most) = (sorted[0], 0);
        for (int start = 0, i = 1; i <= sorted.Length; i++)
            if (i == sorted.Length || sorted[i] != sorted[start])
            {
                if (i - start > most)
                    (best, most) = (sorted[start], i - start);
                start = i;
            }

        return best;
    }
}
