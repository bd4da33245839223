using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A column's values in the form that an encoder needs, and the errors for values of another form.</summary>
internal static class ColumnValues
{
    /// <summary>The values as arrays of numbers of one shape, row after row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="shape">The expected shape of each row's array.</param>
    /// <param name="padded">Whether shorter arrays are padded with NaN.</param>
    /// <exception cref="DlException"><c>WrongColumnKind</c>; <c>WrongArrayShape</c>; <c>MissingNumber</c>.</exception>
    public static float[] Arrays(Column column, Shape shape, bool padded = false)
    {
        column = padded ? column.PaddedTo(shape) : column;
        var values = column.AsArrays();
        CheckShape(column, shape, padded);
        var missing = column.IsPadded ? Enumerable.Range(0, column.Count).FirstOrDefault(column.IsMissing, -1)
            : values.AsSpan().IndexOf(float.NaN) is >= 0 and var at ? (int)(at / shape.Size) : -1;
        return missing < 0 ? values : throw new DlException("MissingNumber", DlErrorKind.InvalidData,
            $"Column '{column.Name}' holds arrays of numbers; in row {missing + 1:N0} one is missing. "
            + "Fill it, or leave its row out.", column.Name);
    }

    /// <summary>The values as names: the number of each level, -1 where one is missing, and the levels.</summary>
    /// <param name="column">The column.</param>
    /// <param name="shape">The expected shape of each row's names; no axis for a single name.</param>
    /// <param name="padded">Whether shorter arrays are padded with -1.</param>
    public static (ColumnStore<int> Codes, IReadOnlyList<string> Levels) Levels(Column column, Shape shape,
        bool padded = false)
    {
        column = padded ? column.PaddedTo(shape) : column;
        CheckShape(column, shape, padded);
        return column.AsLevels();
    }

    /// <summary>The levels that occur, sorted as numbers where all are numbers, else by their characters.</summary>
    public static string[] SortedLevels(Column column)
    {
        var (codes, levels) = column.AsLevels();
        var used = new bool[levels.Count];
        foreach (var code in codes.Span)
            if (code >= 0)
                used[code] = true;
        var names = levels.Where((_, code) => used[code]).ToArray();
        return names.All(name => NumberText.TryParse(name, out _))
            ? names.OrderBy(name => NumberText.TryParse(name, out var number) ? number : 0)
                .ThenBy(name => name, StringComparer.Ordinal).ToArray()
            : names.Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The different numbers of a column as names.</summary>
    /// <exception cref="DlException"><c>TooManyLevels</c>: there are more than the memory budget allows.</exception>
    public static (ColumnStore<int> Codes, IReadOnlyList<string> Levels) NumberLevels(
        string name, ColumnStore<double> numbers)
    {
        var seen = new HashSet<double>();
        foreach (var number in numbers.Span)
            if (!double.IsNaN(number) && seen.Add(number) && seen.Count > numbers.Budget?.MostLevels)
                throw new DlException("TooManyLevels", DlErrorKind.NotAvailable,
                    $"The numbers of column '{name}' are read as names, and more than {seen.Count - 1:N0} of them "
                    + "differ: too many for the memory limit. Read them as numbers, or raise -MemoryLimit.", name);
        var distinct = seen.Order().ToArray();
        return (numbers.Convert(value => double.IsNaN(value) ? -1 : Array.BinarySearch(distinct, value)),
            distinct.Select(NumberText.Format).ToArray());
    }

    public static DlException NotANumber(string column, object value, string where = "") =>
        new("NotANumber", DlErrorKind.InvalidData, $"Column '{column}' must hold numbers; got '{value}'{where}.",
            value);

    public static DlException NotATime(string column, object value) => new("NotATime", DlErrorKind.InvalidData,
        $"Column '{column}' must hold points in time, such as 2024-12-31 23:59; got '{value}'.", value);

    public static DlException WrongKind(Column column, string expected) =>
        new("WrongColumnKind", DlErrorKind.InvalidData,
            $"Column '{column.Name}' should hold {expected}; it is of kind {column.Kind}.", column.Name);

    private static void CheckShape(Column column, Shape expected, bool padded)
    {
        if (column.IsPadded && !padded)
            throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                $"Arrays of '{column.Name}' should be {expected}; they have different lengths, up to "
                + $"{column.ValueShape}.", column.Name);
        if (padded && !column.ValueShape.Equals(expected))
            throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                $"Arrays of '{column.Name}' should be {expected} or shorter; the longest is {column.ValueShape}. Cut "
                + "longer ones.", column.Name);
        if (!column.ValueShape.Equals(expected))
            throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                $"Arrays of '{column.Name}' should be {expected}; they are {column.ValueShape}.", column.Name);
    }
}
