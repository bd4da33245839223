using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A few texts in a column of numbers or points in time, such as "n.n." in one cell of a thousand: they count as
/// missing, and a warning names them.
/// </summary>
internal static class StrayTexts
{
    /// <summary>At most one value in this many may be a stray text.</summary>
    private const int OneIn = 1000;

    private const int Shown = 3;

    /// <summary>The numbers of a column of texts of which nearly all are numbers; null: they are not.</summary>
    /// <param name="texts">The column.</param>
    /// <param name="format">How numbers are written.</param>
    /// <param name="warn">Receives a warning that names the texts.</param>
    public static NumberColumn? Numbers(CategoryColumn texts, NumberFormat format, Action<string>? warn)
    {
        // Codes such as 00007 would lose their form.
        if (Most(texts) is not { } most || texts.Levels.Any(level => level is ['0', >= '0' and <= '9', ..]))
            return null;
        var numbers = new double[texts.Levels.Count];
        var strays = new List<int>();
        for (var i = 0; i < numbers.Length; i++)
            if (!format.TryParse(texts.Levels[i], out numbers[i]))
            {
                numbers[i] = double.NaN;
                strays.Add(i);
                if (strays.Count > most)
                    return null;
            }

        return AreFew(texts, strays, most, "numbers", warn)
            ? new NumberColumn(texts.Name, texts.Store.Convert(code => code < 0 ? double.NaN : numbers[code])) : null;
    }

    /// <summary>The largest number of stray texts; null where the column is too short for one.</summary>
    public static int? Most(CategoryColumn texts) =>
        texts.Count < OneIn ? null : (texts.Count - texts.Missing) / OneIn is var most and > 0 ? most : null;

    /// <summary>Whether the rows of some levels are few enough; then a warning names them.</summary>
    /// <param name="texts">The column.</param>
    /// <param name="strays">The levels that are neither a number nor a time.</param>
    /// <param name="most">The largest number of their rows.</param>
    /// <param name="values">What the other values are.</param>
    /// <param name="warn">Receives the warning.</param>
    public static bool AreFew(
        CategoryColumn texts, IReadOnlyCollection<int> strays, int most, string values, Action<string>? warn)
    {
        var isStray = new bool[texts.Levels.Count];
        foreach (var level in strays)
            isStray[level] = true;
        int rows = 0, first = -1, row = 0;
        foreach (var code in texts.Codes)
        {
            row++;
            if (code < 0 || !isStray[code])
                continue;
            first = first < 0 ? row : first;
            if (++rows > most)
                return false;
        }

        if (rows == 0)
            return false;
        var named = string.Join(", ", strays.Take(Shown).Select(level => $"'{texts.Levels[level]}'"))
            + (strays.Count > Shown ? ", ..." : "");
        warn?.Invoke($"Column '{texts.Name}' holds {values}, except {rows:N0} of {texts.Count - texts.Missing:N0} "
            + $"values ({named}, first in row {first:N0}), which {(rows == 1 ? "counts" : "count")} as missing. To "
            + $"keep all as text, -Column @{{ '{texts.Name}' = 'Category' }}.");
        return true;
    }
}
