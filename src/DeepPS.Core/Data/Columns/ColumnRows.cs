namespace DeepPS.Data;

/// <summary>Picks rows out of the values of a column.</summary>
internal static class ColumnRows
{
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            taken[i] = values[rows[i]];
        return taken;
    }

    /// <summary>Some rows of so many values each.</summary>
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows, int size)
    {
        var taken = new T[(long)rows.Length * size];
        for (var i = 0; i < rows.Length; i++)
            values.Slice(rows[i] * size, size).CopyTo(taken.AsSpan(i * size, size));
        return taken;
    }
}
