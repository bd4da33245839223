namespace DeepPS.Data;

/// <summary>Counts how often each level of a column occurs.</summary>
internal static class LevelCounts
{
    /// <summary>The levels that occur, in order, with the number of rows of each.</summary>
    public static (string Level, int Count)[] Of(Column column)
    {
        var (store, levels) = column.AsLevels();
        var byCode = new int[levels.Count];
        foreach (var code in store.Span)
            if (code >= 0)
                byCode[code]++;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var code = 0; code < byCode.Length; code++)
            counts[levels[code]] = counts.GetValueOrDefault(levels[code]) + byCode[code];
        return ColumnValues.SortedLevels(column).Select(level => (level, counts[level])).ToArray();
    }
}
