using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Splits rows by time: the latest are for the test, those before them for validation, the earliest for training.
/// </summary>
internal static class TimeSplit
{
    /// <summary>
    /// Assigns rows to the parts. Rows of one time stay together, so that parts have about the sizes asked for.
    /// </summary>
    /// <exception cref="DlException">
    /// <c>MissingTime</c>: a row has none; <c>NotATime</c>: the column holds something else.
    /// </exception>
    public static void Deal(RowParts parts, Column column, SplitOptions options)
    {
        if (column.Missing is > 0 and var missing)
            throw new DlException("MissingTime", DlErrorKind.InvalidData,
                $"{missing:N0} of {column.Count:N0} rows have no value in '{column.Name}', so their time is not known. "
                + "Fill them, or leave the rows out.", column.Name);
        switch (column)
        {
            case TimeColumn times:
                Deal(parts, times.Ticks, options);
                break;
            case NumberColumn numbers:
                Deal(parts, numbers.Values, options);
                break;
            default:
                throw new DlException("NotATime", DlErrorKind.InvalidData,
                    $"Column '{column.Name}' should hold times or numbers to split by; it is of kind {column.Kind}. "
                    + $"Read it as times: -Column @{{ '{column.Name}' = 'Time' }}.", column.Name);
        }
    }

    private static void Deal<T>(RowParts parts, ReadOnlySpan<T> values, SplitOptions options)
        where T : unmanaged, IComparable<T>
    {
        var count = values.Length;
        using var sorted = new ScratchArray<T>(count, parts.Budget);
        using var order = new ScratchArray<int>(count, parts.Budget);
        var times = sorted.Span;
        var rows = order.Span;
        values.CopyTo(times);
        for (var row = 0; row < count; row++)
            rows[row] = row;
        times.Sort(rows);
        var test = options.Test == 0 ? count
            : Nearest<T>(times, options.Validation > 0 ? 1 : 0, count - SplitOptions.Rows(count, options.Test));
        var validation = options.Validation == 0 ? test
            : Nearest<T>(times[..test], 0, test - SplitOptions.Rows(count, options.Validation));
        parts.Give(rows[validation..test], RowPart.Validation);
        parts.Give(rows[test..], RowPart.Test);
    }

    /// <summary>
    /// Of the places where a part may begin, between two times, the one nearest to the wanted place; where there is
    /// none, the end, and the part is empty.
    /// </summary>
    /// <param name="times">The times, in order.</param>
    /// <param name="skip">The number of those places reserved for the part before.</param>
    /// <param name="wanted">The wanted first place of the part.</param>
    private static int Nearest<T>(ReadOnlySpan<T> times, int skip, int wanted)
        where T : IComparable<T>
    {
        var (best, least) = (times.Length, long.MaxValue);
        for (var i = 1; i < times.Length; i++)
            if (times[i].CompareTo(times[i - 1]) != 0 && skip-- <= 0 && Math.Abs((long)i - wanted) is var distance
                && distance < least)
                (best, least) = (i, distance);
        return best;
    }
}
