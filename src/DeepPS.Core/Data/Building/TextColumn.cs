using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides by all of its values what a column of texts holds: numbers of another form than the plain one, points in time, or names.</summary>
internal static class TextColumn
{
    /// <summary>The column in the form that its values have, or that was asked for.</summary>
    /// <param name="column">The texts.</param>
    /// <param name="settings">What was said about the column; the rest is decided by its values.</param>
    /// <param name="decimalComma">Whether decimals may follow a comma; null: how numbers are written was said.</param>
    /// <param name="log">Told what was decided.</param>
    /// <exception cref="DlException"><c>NotATime</c>, <c>NotABoolean</c>: a value is not what the column was said to be.</exception>
    public static Column Decide(CategoryColumn column, ColumnSettings settings, bool? decimalComma, Action<string>? log) => settings.Kind switch
    {
        null => ToNumbers(column, settings, decimalComma, log) ?? ToTimes(column, settings, log) ?? column,
        ColumnKind.Time => ToTimes(column, settings, log) ?? ToSaidTimes(column, settings),
        ColumnKind.Boolean => ToBooleans(column),
        _ => column,
    };

    private static Column? ToNumbers(CategoryColumn column, ColumnSettings settings, bool? decimalComma, Action<string>? log)
    {
        if (decimalComma is not { } comma || NumberFormat.Find(column.Levels, comma) is not { } format)
            return null;
        log?.Invoke($"Column '{column.Name}' holds numbers such as '{column.Levels.First(format.IsSaidBy)}'.");
        return new NumberColumn(column.Name, PerRow(column, double.NaN, level => format.TryParse(level, out var number) ? number : double.NaN))
            .With(settings with { Written = WrittenForm.Of(format, null) });
    }

    private static Column? ToTimes(CategoryColumn column, ColumnSettings settings, Action<string>? log)
    {
        var times = new TimeText[column.Levels.Count];
        var (monthFirst, dayFirst) = (settings.DayFirst is not true, settings.DayFirst is not false);
        for (var i = 0; i < times.Length; i++)
        {
            if (!TimeText.TryParse(column.Levels[i], out times[i]))
                return null;
            monthFirst &= times[i].Ticks(DayOrder.MonthFirst) is not null;
            dayFirst &= times[i].Ticks(DayOrder.DayFirst) is not null;
            if (!monthFirst && !dayFirst)
                return null;
        }

        if (times.Length == 0)
            return null;
        var order = dayFirst && (!monthFirst || column.Levels[0].Contains('.')) ? DayOrder.DayFirst : DayOrder.MonthFirst;
        if (monthFirst && dayFirst && Array.FindIndex(times, time => !time.IsOrdered && time.First != time.Second) is var odd and >= 0)
            log?.Invoke($"Column '{column.Name}': '{column.Levels[odd]}' and the like may be read with the day or the month first; "
                + $"the {(order is DayOrder.DayFirst ? "day" : "month")} is taken to come first. Dates such as 2024-05-31 are never read wrongly.");
        var ticks = Array.ConvertAll(times, time => time.Ticks(order)!.Value);
        var made = new TimeColumn(column.Name, column.Store.Convert(code => code < 0 ? TimeColumn.None : ticks[code]));
        return times.All(time => time.IsOrdered) ? made : made.With(settings with { DayFirst = order is DayOrder.DayFirst });
    }

    /// <summary>Points in time as numbers too, which no column is taken for that was not said to hold them.</summary>
    private static TimeColumn ToSaidTimes(CategoryColumn column, ColumnSettings settings) => new(column.Name, PerRow(column, TimeColumn.None, level =>
        RawValue.TryTime(level, settings.DayFirst ?? false, out var ticks) ? ticks : throw new DlException("NotATime", DlErrorKind.InvalidData,
            $"Column '{column.Name}' holds points in time; '{level}' came in row {RowOf(column, level):N0}. "
            + "Dates such as 2024-05-31, 20240531, 31.5.2024 and 31 May 2024 are read, with a time or without, and so are seconds since 1970.", level)));

    private static CategoryColumn ToBooleans(CategoryColumn column)
    {
        var values = column.Levels.Select(level => BooleanText.TryParse(level, out var value) ? value ? 1 : 0
            : throw new DlException("NotABoolean", DlErrorKind.InvalidData, $"Column '{column.Name}' holds yes or no; '{level}' came in row "
                + $"{RowOf(column, level):N0}. {BooleanText.Known} are read.", level)).ToArray();
        return new CategoryColumn(column.Name, column.Store.Convert(code => code < 0 ? -1 : values[code]), BooleanText.Names);
    }

    private static ColumnStore<T> PerRow<T>(CategoryColumn column, T missing, Func<string, T> read)
        where T : unmanaged
    {
        var values = column.Levels.Select(read).ToArray();
        return column.Store.Convert(code => code < 0 ? missing : values[code]);
    }

    private static int RowOf(CategoryColumn column, string level) => column.Codes.IndexOf(Array.IndexOf(column.Levels.ToArray(), level)) + 1;
}
