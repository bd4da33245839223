using System.Globalization;
using System.Text;

namespace DeepPS.Common;

/// <summary>The order of day and month, if both are numbers.</summary>
internal enum DayOrder
{
    MonthFirst,
    DayFirst,
}

/// <summary>Points in time as text, the same in every culture: ISO 8601 (2024-05-01, 2024-05-01T12:30:00.5+02:00,
/// 20240501T123000, 2024-05), 01/05/2024 and 1.5.2024 in either order, 1 May 2024, May 1, 2024, each with an optional
/// time; 12:30 and 1:05:09 PM alone.</summary>
/// <param name="Year">The year.</param>
/// <param name="First">The month; if <see cref="IsOrdered"/> is false, the first of day and month.</param>
/// <param name="Second">The day; if <see cref="IsOrdered"/> is false, the second of day and month.</param>
/// <param name="IsOrdered">Whether it is known which number is the day.</param>
/// <param name="Time">The ticks since midnight, minus the offset from UTC.</param>
internal readonly record struct TimeText(int Year, int First, int Second, bool IsOrdered, long Time)
{
    /// <summary>The longest text that is read.</summary>
    public const int Longest = 64;

    private const double LeastMilliseconds = 1e11;

    /// <summary>Reads a text without surrounding spaces. False if it is no point in time in either order.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeText time)
    {
        time = default;
        if (text.Length is < 4 or > Longest)
            return false;
        var reader = new TimeReader(text);
        return reader.TryRead(out time)
            && (time.Ticks(DayOrder.MonthFirst) is not null || time.Ticks(DayOrder.DayFirst) is not null);
    }

    /// <summary>Reads a text. False if it is no point in time in either order.</summary>
    public static bool TryParse(string text, out TimeText time)
    {
        time = default;
        Span<byte> bytes = stackalloc byte[Longest];
        return Encoding.UTF8.TryGetBytes(text.AsSpan().Trim(), bytes, out var count)
            && TryParse(bytes[..count], out time);
    }

    /// <summary>Reads numbers that are points in time only if one is expected: a day (20240531), a second
    /// (20240531123000), a year (2024), seconds since 1970 or, with 12 digits or more, milliseconds.</summary>
    public static bool TryParseNumber(string text, out long ticks)
    {
        ticks = 0;
        foreach (var format in (string[])["yyyyMMdd", "yyyyMMddHHmmss", "yyyy"])
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                ticks = time.Ticks;
                return true;
            }

        if (!NumberText.TryParse(text, out var seconds))
            return false;
        if (Math.Abs(seconds) >= LeastMilliseconds)
            seconds /= 1000;
        if (Math.Abs(seconds) > (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds)
            return false;
        ticks = DateTime.UnixEpoch.Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        return ticks >= 0;
    }

    /// <summary>The ticks since year 1, in UTC if the text has a zone; null if there is no such day.</summary>
    public long? Ticks(DayOrder order)
    {
        var (month, day) = IsOrdered || order is DayOrder.MonthFirst ? (First, Second) : (Second, First);
        if (Year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(Year, month))
            return null;
        var ticks = new DateTime(Year, month, day).Ticks + Time;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : null;
    }
}
