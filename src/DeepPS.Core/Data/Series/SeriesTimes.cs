using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Reads points in time from columns of any kind and from raw values. A time of the day alone is not one.
/// </summary>
internal static class SeriesTimes
{
    /// <summary>The column as points in time.</summary>
    /// <param name="column">Points in time, texts of them, or numbers such as seconds since 1970.</param>
    /// <param name="dayFirst">
    /// Whether the day comes first in dates such as 1/2/2024, where the column does not show it; null: decided by all
    /// values.
    /// </param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <exception cref="DlException"><c>NotATime</c>: a value is not a point in time.</exception>
    public static TimeColumn Of(Column column, bool? dayFirst, Action<string>? log)
    {
        var settings = column.Settings with { Kind = ColumnKind.Time, DayFirst = column.DayFirst ?? dayFirst };
        var times = column switch
        {
            TimeColumn known => known,
            CategoryColumn texts => (TimeColumn)TextForm.Decide(texts, new TextReading(settings, null, NumberFormat.Plain, log, null)),
            NumberColumn numbers => new TimeColumn(column.Name, numbers.Values.Convert(number =>
                TryRead(double.IsNaN(number) ? null : number, dayFirst, out var time) ? time
                    : throw NotATime(column.Name, number))),
            _ => throw NotATime(column.Name, $"a column of kind {column.Kind}"),
        };
        for (var row = 0; row < times.Count; row++)
            if (!IsWhole(times.Ticks[row]))
                throw NotATime(column.Name, $"{new DateTime(times.Ticks[row]):HH:mm:ss}");
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

    private static bool IsWhole(long ticks) => ticks is TimeColumn.None or >= TimeSpan.TicksPerDay;
}
