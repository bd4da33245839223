using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>What stands for a number that is missing.</summary>
internal static class Imputation
{
    /// <summary>The value that stands for missing ones by a column's rule; NaN stands for none in the values.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Its training values.</param>
    /// <param name="otherwise">The rule where none is named.</param>
    /// <param name="parse">Reads the column's fill; null where it is no value of the column.</param>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>: the fill is none.</exception>
    /// <remarks>scikit-learn's SimpleImputer.</remarks>
    public static double Of(Column column, ColumnStore<double> values, MissingRule otherwise, Func<string, double?> parse)
    {
        var rule = column.Settings.MissingRule is { } named and not (MissingRule.Drop or MissingRule.Refuse) ? named : otherwise;
        if (rule is MissingRule.Constant)
            return parse(column.Settings.Fill!) ?? throw SettingsCheck.Invalid(column,
                $"'{column.Settings.Fill}' cannot stand for missing values: it is no value of a {column.Settings.Kind?.ToString() ?? column.Kind}");
        if (rule is MissingRule.Mean)
            return Standardization.Of(values.Span).Mean;
        return rule is MissingRule.Median ? Quantiles.Of(values.Span, 0.5) is [var median] ? median : 0 : MostFrequent(values);
    }

    /// <summary>The number that comes most often, of several the least; 0 where there is none.</summary>
    private static double MostFrequent(ColumnStore<double> values)
    {
        using var scratch = new ScratchArray<double>(values.Span.Length, values.Budget);
        values.Span.CopyTo(scratch.Span);
        // NaN is less than every number.
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
