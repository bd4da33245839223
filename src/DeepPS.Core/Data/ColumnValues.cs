namespace DeepPS;

/// <summary>A column's values in the form that an encoder wants, whatever kind its reader took it for.</summary>
internal static class ColumnValues
{
    /// <summary>The values as numbers; NaN where there is none.</summary>
    /// <exception cref="DlException"><c>NotANumber</c>: a value is text.</exception>
    public static double[] Numbers(Column column)
    {
        if (column is NumberColumn numbers)
            return numbers.Values;
        if (column is not CategoryColumn categories)
            throw WrongKind(column, "numbers");
        var levels = categories.Levels.Select(level => NumberText.TryParse(level, out var number) ? number : double.NaN).ToArray();
        var values = new double[categories.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var code = categories.Codes[i];
            values[i] = code < 0 ? double.NaN
                : double.IsNaN(levels[code]) ? throw NotANumber(column.Name, categories.Levels[code], $" in row {i + 1:N0}")
                : levels[code];
        }

        return values;
    }

    /// <summary>The values as names: the number of each row's level, -1 where there is none, and the levels.</summary>
    public static (int[] Codes, IReadOnlyList<string> Levels) Levels(Column column)
    {
        if (column is CategoryColumn categories)
            return (categories.Codes, categories.Levels);
        if (column is not NumberColumn numbers)
            throw WrongKind(column, "categories");
        var distinct = numbers.Values.Where(value => !double.IsNaN(value)).Distinct().Order().ToArray();
        var codes = new int[numbers.Count];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = double.IsNaN(numbers.Values[i]) ? -1 : Array.BinarySearch(distinct, numbers.Values[i]);
        return (codes, distinct.Select(NumberText.Format).ToArray());
    }

    /// <summary>Levels that occur, in order: of their numbers where all are numbers, else of their characters.</summary>
    public static string[] SortedLevels(Column column)
    {
        var (codes, levels) = Levels(column);
        var used = new bool[levels.Count];
        foreach (var code in codes)
            if (code >= 0)
                used[code] = true;
        var names = levels.Where((_, code) => used[code]).ToArray();
        return names.All(name => NumberText.TryParse(name, out _))
            ? names.OrderBy(name => NumberText.TryParse(name, out var number) ? number : 0).ThenBy(name => name, StringComparer.Ordinal).ToArray()
            : names.Order(StringComparer.Ordinal).ToArray();
    }

    public static DlException NotANumber(string column, object value, string where = "") =>
        new("NotANumber", DlErrorKind.InvalidData, $"Column '{column}' holds numbers; '{value}' came{where}.", value);

    private static DlException WrongKind(Column column, string expected) => new("WrongColumnKind", DlErrorKind.InvalidData,
        $"Column '{column.Name}' should hold {expected}; it is of kind {column.Kind}.", column.Name);
}
