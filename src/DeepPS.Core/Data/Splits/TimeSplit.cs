namespace DeepPS;

/// <summary>Rows by their time: the latest are for the test, those before them for validation, the earliest to train on.</summary>
internal static class TimeSplit
{
    /// <summary>The parts. Rows of one time stay together, so that parts are of about the sizes asked for.</summary>
    /// <exception cref="DlException"><c>MissingTime</c>: a row has none; <c>NotATime</c>: the column holds something else.</exception>
    public static SplitRows Parts(Column column, SplitOptions options)
    {
        if (column.Missing is > 0 and var missing)
            throw new DlException("MissingTime", DlErrorKind.InvalidData,
                $"{missing:N0} of {column.Count:N0} rows have no value in '{column.Name}', so that their place in time is not known. "
                + "Fill them, or leave the rows out.", column.Name);
        return column switch
        {
            TimeColumn times => Parts(times.Ticks, options),
            NumberColumn numbers => Parts(numbers.Values, options),
            _ => throw new DlException("NotATime", DlErrorKind.InvalidData,
                $"Column '{column.Name}' should hold times or numbers to split by; it is of kind {column.Kind}. "
                + $"Read it as times: -Column @{{ '{column.Name}' = 'Time' }}.", column.Name),
        };
    }

    private static SplitRows Parts<T>(ReadOnlySpan<T> values, SplitOptions options)
        where T : IComparable<T>
    {
        var times = values.ToArray();
        var count = times.Length;
        var rows = Enumerable.Range(0, count).ToArray();
        Array.Sort(times, rows);
        // Where a part may begin: with a time of its own.
        var starts = Enumerable.Range(1, Math.Max(0, count - 1)).Where(i => times[i].CompareTo(times[i - 1]) != 0).ToArray();
        var test = options.Test == 0 ? count
            : Nearest(starts.Skip(options.Validation > 0 ? 1 : 0), count - SplitOptions.Rows(count, options.Test), count);
        var validation = options.Validation == 0 ? test
            : Nearest(starts.Where(start => start < test), test - SplitOptions.Rows(count, options.Validation), test);
        return new SplitRows(rows[..validation], rows[validation..test], rows[test..]);
    }

    /// <summary>The start that is nearest to where a part should begin; where there is none, the part is empty.</summary>
    private static int Nearest(IEnumerable<int> starts, int wanted, int none) =>
        starts.DefaultIfEmpty(none).MinBy(start => Math.Abs((long)start - wanted));
}
