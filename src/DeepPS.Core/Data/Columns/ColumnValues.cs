using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A column's values in the form that an encoder wants, whatever kind its reader took it for.</summary>
internal static class ColumnValues
{
    /// <summary>The values as numbers; NaN where there is none.</summary>
    /// <exception cref="DlException"><c>NotANumber</c>: a value is text.</exception>
    public static ColumnStore<double> Numbers(Column column)
    {
        if (column is NumberColumn numbers)
            return numbers.Store;
        if (column is not CategoryColumn categories)
            throw WrongKind(column, "numbers");
        var levels = categories.Levels.Select(level => NumberText.TryParse(level, out var number) ? number : double.NaN).ToArray();
        var row = 0;
        return categories.Store.Convert(code =>
        {
            row++;
            return code < 0 ? double.NaN
                : double.IsNaN(levels[code]) ? throw NotANumber(column.Name, categories.Levels[code], $" in row {row:N0}")
                : levels[code];
        });
    }

    /// <summary>The values as arrays of numbers, row after row.</summary>
    /// <exception cref="DlException"><c>WrongColumnKind</c>; <c>WrongArrayShape</c>; <c>MissingNumber</c>: an array lacks one.</exception>
    public static float[] Arrays(Column column, Shape shape)
    {
        if (column is not TensorColumn arrays)
            throw WrongKind(column, "arrays of numbers");
        CheckShape(column, arrays.Shape, shape);
        var missing = arrays.Values.AsSpan().IndexOf(float.NaN);
        return missing < 0 ? arrays.Values : throw new DlException("MissingNumber", DlErrorKind.InvalidData,
            $"Column '{column.Name}' holds arrays of numbers; in row {missing / shape.Size + 1:N0} one is missing. "
            + "Fill it, or leave its row out.", column.Name);
    }

    /// <summary>The values as names: the number of each level, -1 where there is none, and the levels.</summary>
    /// <param name="column">The column.</param>
    /// <param name="shape">The shape of each row's names; no axis for one name alone.</param>
    public static (ColumnStore<int> Codes, IReadOnlyList<string> Levels) Levels(Column column, Shape shape)
    {
        CheckShape(column, (column as TokenColumn)?.Shape ?? (column as TensorColumn)?.Shape ?? new Shape(), shape);
        return Levels(column);
    }

    /// <summary>The values as names: the number of each level, -1 where there is none, and the levels.</summary>
    public static (ColumnStore<int> Codes, IReadOnlyList<string> Levels) Levels(Column column) => column switch
    {
        CategoryColumn categories => (categories.Store, categories.Levels),
        TokenColumn names => (names.Codes, names.Levels),
        NumberColumn numbers => Levels(column.Name, numbers.Store),
        TensorColumn arrays => Levels(column.Name, NumberSpan.Convert(arrays.Values, value => (double)value)),
        _ => throw WrongKind(column, "categories"),
    };

    /// <summary>Levels that occur, in order: of their numbers where all are numbers, else of their characters.</summary>
    public static string[] SortedLevels(Column column)
    {
        var (codes, levels) = Levels(column);
        var used = new bool[levels.Count];
        foreach (var code in codes.Span)
            if (code >= 0)
                used[code] = true;
        var names = levels.Where((_, code) => used[code]).ToArray();
        return names.All(name => NumberText.TryParse(name, out _))
            ? names.OrderBy(name => NumberText.TryParse(name, out var number) ? number : 0).ThenBy(name => name, StringComparer.Ordinal).ToArray()
            : names.Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The values as ticks of points in time; <see cref="TimeColumn.None"/> where there is none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="dayFirst">Whether the day comes first in dates such as 1/2/2024; null: as in <see cref="TextColumn"/>.</param>
    /// <exception cref="DlException"><c>NotATime</c>: a value is none; <c>WrongColumnKind</c>.</exception>
    public static ColumnStore<long> Times(Column column, bool? dayFirst)
    {
        if (column is TimeColumn times)
            return times.Store;
        var (store, names) = Levels(column);
        var ticks = names.Select(name => RawValue.TryTime(name, dayFirst, out var time) ? time : throw NotATime(column.Name, name)).ToArray();
        return store.Convert(code => code < 0 ? TimeColumn.None : ticks[code]);
    }

    private static (ColumnStore<int> Codes, IReadOnlyList<string> Levels) Levels(string name, ColumnStore<double> numbers)
    {
        var seen = new HashSet<double>();
        foreach (var number in numbers.Span)
            if (!double.IsNaN(number) && seen.Add(number) && seen.Count > numbers.Budget?.MostLevels)
                throw new DlException("TooManyLevels", DlErrorKind.NotAvailable,
                    $"The numbers of column '{name}' are taken as names; there are more than {seen.Count - 1:N0} different ones, too many for the memory "
                    + "that is allowed. Take them as numbers, or allow more with -MemoryLimit.", name);
        var distinct = seen.Order().ToArray();
        return (numbers.Convert(value => double.IsNaN(value) ? -1 : Array.BinarySearch(distinct, value)),
            distinct.Select(NumberText.Format).ToArray());
    }

    private static void CheckShape(Column column, Shape came, Shape wanted)
    {
        if (!came.Equals(wanted))
            throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                $"Arrays of '{column.Name}' should be {wanted}; they are {came}.", column.Name);
    }

    public static DlException NotANumber(string column, object value, string where = "") =>
        new("NotANumber", DlErrorKind.InvalidData, $"Column '{column}' holds numbers; '{value}' came{where}.", value);

    public static DlException NotATime(string column, object value) =>
        new("NotATime", DlErrorKind.InvalidData, $"Column '{column}' holds points in time, such as 2024-12-31 23:59; '{value}' came.", value);

    private static DlException WrongKind(Column column, string expected) => new("WrongColumnKind", DlErrorKind.InvalidData,
        $"Column '{column.Name}' should hold {expected}; it is of kind {column.Kind}.", column.Name);
}
