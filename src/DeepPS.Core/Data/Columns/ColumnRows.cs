namespace DeepPS.Data;

/// <summary>Selects rows of a column's values.</summary>
internal static class ColumnRows
{
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            taken[i] = values[rows[i]];
        return taken;
    }

    /// <summary>Selects rows of several values each.</summary>
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows, int size)
    {
        var taken = new T[(long)rows.Length * size];
        for (var i = 0; i < rows.Length; i++)
            values.Slice(rows[i] * size, size).CopyTo(taken.AsSpan(i * size, size));
        return taken;
    }
}
