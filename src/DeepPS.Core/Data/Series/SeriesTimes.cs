using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Reads points in time from columns of any kind and from raw values. A time of the day alone is not one.
/// </summary>
internal static class SeriesTimes
{
    /// <summary>The time that stands for index 0; each step of an index is a second after it.</summary>
    internal static readonly long IndexStart = new DateTime(5000, 1, 1).Ticks;

    /// <summary>The column as points in time.</summary>
    /// <param name="column">Points in time, texts of them, or numbers such as seconds since 1970.</param>
    /// <param name="plan">
    /// Whether the column is an index, null: decided by all values; and whether the day comes first in dates such as
    /// 1/2/2024, where the column does not show it.
    /// </param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <returns>The times, and whether they stand for an index.</returns>
    /// <exception cref="DlException"><c>NotATime</c>: a value is not a point in time.</exception>
    public static (TimeColumn Times, bool IsIndex) Of(Column column, SeriesPlan plan, Action<string>? log)
    {
        var settings = column.Settings with { Kind = ColumnKind.Time, DayFirst = column.DayFirst ?? plan.DayFirst };
        if (column is NumberColumn numbers)
        {
            var form = plan.IsIndex is true ? NumberTimes.Index : NumberTimesReader.FormOf(numbers.Values);
            if (form is NumberTimes.Index && plan.IsIndex is not false)
                return (new TimeColumn(column.Name, numbers.Values.Convert(TicksOf)), true);
            return (Whole(new TimeColumn(column.Name, numbers.Values.Convert(number => double.IsNaN(number)
                ? TimeColumn.None
                : form is not NumberTimes.Index && NumberTimesReader.TryRead(number, form, out var time) ? time
                : throw NotATime(column.Name, number)))), false);
        }

        return (Whole(column switch
        {
            TimeColumn known => known,
            CategoryColumn texts => (TimeColumn)TextForm.Decide(
                texts, new TextReading(settings, null, NumberFormat.Plain, log, null)),
            _ => throw NotATime(column.Name, $"a column of kind {column.Kind}"),
        }), false);
    }

    /// <summary>The index that a time stands for.</summary>
    public static double IndexOf(long ticks) => (double)(ticks - IndexStart) / TimeSpan.TicksPerSecond;

    /// <summary>
    /// Joins the parts of a time: year, month, day, hour, minute, second, or a date and a time of day.
    /// </summary>
    /// <returns>False where they are no point in time.</returns>
    public static bool TryJoin(IReadOnlyList<object?> parts, bool? dayFirst, out long ticks)
    {
        ticks = TimeColumn.None;
        if (parts.Any(part => part is null or DBNull or double.NaN || part is string text && MissingValue.Is(text)))
            return true;
        var used = 1;
        if (Number(parts[0]) is { } year and >= 1 and <= 9999 && year == Math.Floor(year))
        {
            used = Math.Min(parts.Count, 3);
            var month = parts.Count < 2 ? 1 : Number(parts[1]) ?? MonthOf(parts[1]);
            var day = parts.Count < 3 ? 1 : Number(parts[2]) ?? 0;
            if (new TimeText((int)year, (int)month, (int)day, true, 0).Ticks(DayOrder.MonthFirst) is not { } date
                || month != Math.Floor(month) || day != Math.Floor(day))
                return false;
            ticks = date;
        }
        else if (!RawValue.TryTime(parts[0], dayFirst, out ticks))
        {
            return false;
        }

        long[] units = [TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond];
        foreach (var (i, part) in parts.Skip(used).Index())
        {
            if (part is not TimeSpan && Number(part) is { } number)
            {
                if (i >= units.Length || number < 0 || number >= (i == 0 ? 24 : 60))
                    return false;
                ticks += (long)Math.Round(number * units[i]);
            }
            else if (part is TimeSpan { Ticks: >= 0 and < TimeSpan.TicksPerDay } span)
            {
                ticks += span.Ticks;
            }
            else if (RawValue.TryTime(part, dayFirst, out var time) && time is >= 0 and < TimeSpan.TicksPerDay)
            {
                ticks += time;
            }
            else
            {
                return false;
            }
        }

        return ticks <= DateTime.MaxValue.Ticks;
    }

    private static double? Number(object? value) => value is not null && RawValue.IsNumber(value, out var number)
        || value is string text && NumberText.TryParse(text.AsSpan().Trim(), out number) ? number : null;

    /// <summary>The month of a name such as May; 0 where it is none.</summary>
    private static int MonthOf(object? value) =>
        value is string name && TimeText.TryParse($"1 {name} 2000", out var time) ? time.First : 0;

    private static long TicksOf(double index) => double.IsNaN(index) ? TimeColumn.None
        : Math.Abs(index) < 1e10 ? IndexStart + (long)Math.Round(index * TimeSpan.TicksPerSecond)
        : throw new DlException("NotATime", DlErrorKind.InvalidData,
            $"An index must be below 10,000,000,000; got {NumberText.Format(index)}.", index);

    private static TimeColumn Whole(TimeColumn times)
    {
        for (var row = 0; row < times.Count; row++)
            if (!IsWhole(times.Ticks[row]))
                throw NotATime(times.Name, $"{new DateTime(times.Ticks[row]):HH:mm:ss}");
        return times;
    }

    /// <summary>
    /// Reads a point in time: a date, text of one, or a number. A missing one becomes <see cref="TimeColumn.None"/>.
    /// </summary>
    public static bool TryRead(object? value, bool? dayFirst, out long ticks) =>
        RawValue.TryTime(value, dayFirst, out ticks) && IsWhole(ticks);

    public static DlException NotATime(string column, object? value) => new("NotATime", DlErrorKind.InvalidData,
        $"Column '{column}' must hold points in time, such as 2024-05-01 or 2024-05-01T12:30:00, or seconds since "
        + $"1970; got '{value}'.", value);

    /// <summary>The error for columns that are no point in time together.</summary>
    public static DlException NotJoined(SeriesPlan plan, IReadOnlyList<object?> values, int row) =>
        new("NotATime", DlErrorKind.InvalidData,
            $"Columns {string.Join(", ", plan.JoinedTimes.Select(name => $"'{name}'"))} must be a point in time "
            + "together, such as year, month, day, hour, minute, second in this order, or a date and a time of day; "
            + "got "
            + $"{string.Join(", ", values.Select(value => $"'{value}'"))} in row {row + 1:N0}.", values);

    private static bool IsWhole(long ticks) => ticks is TimeColumn.None or >= TimeSpan.TicksPerDay;
}
