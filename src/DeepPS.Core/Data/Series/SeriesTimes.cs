using System.Globalization;

namespace DeepPS;

/// <summary>Points in time of a column of any kind, and of raw values.</summary>
internal static class SeriesTimes
{
    /// <summary>Numbers from here on are milliseconds since 1970, smaller ones seconds.</summary>
    private const double LeastMilliseconds = 1e11;

    /// <summary>The ticks of each row; <see cref="TimeColumn.None"/> where there is none.</summary>
    /// <exception cref="DlException"><c>NotATime</c>: a value is none.</exception>
    public static long[] Of(Column column)
    {
        switch (column)
        {
            case TimeColumn times:
                return times.Ticks.ToArray();
            case NumberColumn numbers:
                return numbers.Values.Convert(number => TryRead(number, out var ticks) ? ticks : throw NotATime(column.Name, number));
            case CategoryColumn texts:
                var levels = new long[texts.Levels.Count];
                foreach (var (i, level) in texts.Levels.Index())
                    if (!TryRead(level, out levels[i]))
                        throw NotATime(column.Name, level);
                return texts.Codes.Convert(code => code < 0 ? TimeColumn.None : levels[code]);
            default:
                throw NotATime(column.Name, $"a column of kind {column.Kind}");
        }
    }

    /// <summary>Reads a point in time: a date, text of one, or a number of seconds or milliseconds since 1970. A missing one is none.</summary>
    public static bool TryRead(object? value, out long ticks)
    {
        ticks = TimeColumn.None;
        switch (value)
        {
            case null or DBNull: return true;
            case DateTime time: ticks = time.Ticks; return true;
            case DateTimeOffset time: ticks = time.UtcTicks; return true;
            case DateOnly day: ticks = day.ToDateTime(TimeOnly.MinValue).Ticks; return true;
            case string text when MissingValue.Is(text): return true;
            case string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, Style, out var time) && time.Year > 1:
                ticks = time.Ticks;
                return true;
            case double.NaN: return true;
            default: return value is not (string or TimeSpan) && RawValue.IsNumber(value, out var number) && TryNumber(number, out ticks);
        }
    }

    public static DlException NotATime(string column, object? value) => new("NotATime", DlErrorKind.InvalidData,
        $"Column '{column}' holds points in time, such as 2024-05-01 or 2024-05-01T12:30:00, or seconds since 1970; '{value}' came.", value);

    /// <summary>A text without a zone is what it says, one with a zone is taken to UTC; a time of the day alone is no point in time.</summary>
    private const DateTimeStyles Style = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal
        | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault;

    private static bool TryNumber(double number, out long ticks)
    {
        ticks = TimeColumn.None;
        var seconds = Math.Abs(number) >= LeastMilliseconds ? number / 1000 : number;
        if (!(seconds >= -DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond && seconds <= (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds))
            return false;
        ticks = DateTime.UnixEpoch.Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        return true;
    }
}
