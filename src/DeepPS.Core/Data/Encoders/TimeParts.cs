namespace DeepPS.Data;

/// <summary>Turns parts of a point in time into numbers.</summary>
internal static class TimeParts
{
    /// <summary>The default parts; the month repeats the day of the year.</summary>
    private static readonly TimePart[] Usual =
        [TimePart.Trend, TimePart.DayOfYear, TimePart.DayOfMonth, TimePart.DayOfWeek, TimePart.Hour];

    /// <summary>The default parts that vary among points in time.</summary>
    public static TimePart[] Varying(ReadOnlySpan<long> ticks)
    {
        var place = ticks.IndexOfAnyExcept(TimeColumn.None);
        if (place < 0)
            return [];
        var last = ticks[place];
        var first = Array.ConvertAll(Usual, part => Of(part, last));
        var varies = new bool[Usual.Length];
        foreach (var tick in ticks[place..])
        {
            for (var i = 0; i < varies.Length && tick != last && tick != TimeColumn.None; i++)
                varies[i] = varies[i] || Of(Usual[i], tick) != first[i];
            if (!varies.Contains(false))
                break;
            last = tick;
        }

        return Usual.Where((_, i) => varies[i]).ToArray();
    }

    /// <summary>The count of numbers of a part.</summary>
    public static int Width(TimePart part) => part is TimePart.Trend ? 1 : 2;

    /// <summary>
    /// Days since year 1 for the trend; for a cyclic part the position in the cycle, from 0 to below 1.
    /// </summary>
    public static double Of(TimePart part, long ticks)
    {
        var time = new DateTime(ticks);
        return part switch
        {
            TimePart.Trend => (double)ticks / TimeSpan.TicksPerDay,
            TimePart.DayOfYear => (time.DayOfYear - 1.0) / (DateTime.IsLeapYear(time.Year) ? 366 : 365),
            TimePart.Month => (time.Month - 1.0) / 12,
            TimePart.DayOfMonth => (time.Day - 1.0) / DateTime.DaysInMonth(time.Year, time.Month),
            TimePart.DayOfWeek => (int)time.DayOfWeek / 7.0,
            _ => (double)time.TimeOfDay.Ticks / TimeSpan.TicksPerDay,
        };
    }

    /// <summary>The name of a part.</summary>
    public static string Name(TimePart part) => part switch
    {
        TimePart.Trend => "trend",
        TimePart.DayOfYear => "day of the year",
        TimePart.Month => "month",
        TimePart.DayOfMonth => "day of the month",
        TimePart.DayOfWeek => "day of the week",
        _ => "time of the day",
    };
}
