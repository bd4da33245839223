namespace DeepPS.Data;

/// <summary>The name that replaces missing ones.</summary>
/// <param name="Level">The name; null: missing ones stay missing.</param>
/// <param name="Marks">Whether replaced values must be distinguishable from the same name in the data.</param>
internal sealed record CategoryFill(string? Level, bool Marks)
{
    /// <summary>The fill by a column's rule, and the column with its missing names filled.</summary>
    /// <param name="column">The training column.</param>
    public static (CategoryFill Fill, Column Filled) Of(Column column)
    {
        var counts = LevelCounts.Of(column);
        var level = column.Settings.MissingRule switch
        {
            MissingRule.Constant => column.Settings.Fill,
            MissingRule.Mode when counts.Length > 0 => counts.MaxBy(pair => pair.Count).Level,
            _ => null,
        };
        return level is null ? (new CategoryFill(null, false), column)
            : (new CategoryFill(level, column.Missing > 0 && counts.Any(pair => pair.Level == level)),
                Filled(column, level));
    }

    private static CategoryColumn Filled(Column column, string level)
    {
        var (store, levels) = column.AsLevels();
        var code = 0;
        while (code < levels.Count && levels[code] != level)
            code++;
        return new CategoryColumn(column.Name, store.Convert(own => own < 0 ? code : own),
            code == levels.Count ? [.. levels, level] : levels);
    }
}
