using System.Globalization;
using System.Text.RegularExpressions;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The distance of the values of a regular series: a span of time, or months, which differ in length.
/// </summary>
public sealed partial record TimeStep
{
    private const int MonthsOfYear = 12;

    /// <summary>A median step within this share of a whole number of a unit is rounded to it.</summary>
    private const int Snaps = 100;

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("w", 7 * TimeSpan.TicksPerDay), ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour),
            ("min", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    private TimeStep(long ticks, int months, bool isCount = false) =>
        (Ticks, Months, IsCount) = (ticks, months, isCount);

    /// <summary>The span in units of 100 ns; 0 where the step is in months.</summary>
    public long Ticks { get; }

    /// <summary>The number of months; 0 where the step is a span of time.</summary>
    public int Months { get; }

    /// <summary>Whether it is a number without a unit, the step of an index: 1 is <see cref="Ticks"/> of a
    /// second.</summary>
    public bool IsCount { get; }

    /// <summary>
    /// Reads a number with a unit (<c>15min</c>, <c>6h</c>, <c>1d</c>, <c>1w</c>, <c>3mo</c>, <c>1y</c>), a span of
    /// time (<c>01:30:00</c>), or a number alone, the step of an index (<c>5</c>).
    /// </summary>
    /// <exception cref="DlException"><c>InvalidFrequency</c>.</exception>
    public static TimeStep Parse(string text)
    {
        if (NumberAndUnit().Match(text.Trim()) is { Success: true } match
            && double.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var unit = match.Groups[2].Value.ToLowerInvariant();
            if (unit is "mo" or "y" && number * MonthsOfYear <= int.MaxValue && number % 1 == 0)
                return new TimeStep(0, (int)number * (unit == "y" ? MonthsOfYear : 1));
            var ticks = number * Units.FirstOrDefault(known => known.Name == (unit == "m" ? "min" : unit)).Ticks;
            if (ticks is >= 1 and <= long.MaxValue / 2)
                return new TimeStep((long)ticks, 0);
        }
        else if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            && span > TimeSpan.Zero)
        {
            return new TimeStep(span.Ticks, 0);
        }

        else if (NumberText.TryParse(text.AsSpan().Trim(), out var count)
            && count * TimeSpan.TicksPerSecond is >= 1 and <= long.MaxValue / 2)
        {
            return new TimeStep((long)(count * TimeSpan.TicksPerSecond), 0, isCount: true);
        }

        throw new DlException("InvalidFrequency", DlErrorKind.InvalidArgument,
            "A frequency must be a number with a unit, such as 30s, 15min, 1h, 1d, 1w, 1mo or 1y, a span of time "
            + $"such as 01:30:00, or for an index a number above zero, such as 5; got '{text}'.", text);
    }

    /// <summary>Refuses a number without a unit where times are no index.</summary>
    /// <exception cref="DlException"><c>InvalidFrequency</c>.</exception>
    internal TimeStep For(SeriesRows rows, string time) => !IsCount || rows.IsIndex ? this
        : throw new DlException("InvalidFrequency", DlErrorKind.InvalidArgument,
            $"Frequency {this} has no unit, but column '{time}' holds points in time. Use a unit, such as {this}s, "
            + $"{this}min, {this}h or {this}d.", ToString());

    /// <summary>The step as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        if (Months > 0)
            return Months % MonthsOfYear == 0 ? $"{Months / MonthsOfYear}y" : $"{Months}mo";
        if (IsCount)
            return NumberText.Format((double)Ticks / TimeSpan.TicksPerSecond);
        var unit = Units.FirstOrDefault(known => Ticks % known.Ticks == 0);
        return unit.Ticks > 0 ? $"{Ticks / unit.Ticks}{unit.Name}" : new TimeSpan(Ticks)
            .ToString("c", CultureInfo.InvariantCulture);
    }

    /// <summary>The median step of series; null where no time follows another.</summary>
    internal static TimeStep? Find(SeriesRows rows)
    {
        var steps = new List<long>();
        for (var i = 1; i < rows.Count; i++)
            if (rows.Groups[i] == rows.Groups[i - 1] && rows.Ticks[i] > rows.Ticks[i - 1])
                steps.Add(rows.Ticks[i] - rows.Ticks[i - 1]);
        if (steps.Count == 0)
            return null;
        steps.Sort();
        var median = steps[(steps.Count - 1) / 2];
        if (rows.IsIndex)
            return new TimeStep(median, 0, isCount: true);
        return MonthsOf(median, rows.Ticks) is var months and > 0 ? new TimeStep(0, months)
            : new TimeStep(Snapped(median), 0);
    }

    /// <summary>The step of a grid nearest to a time.</summary>
    /// <param name="ticks">The time.</param>
    /// <param name="origin">The time of the grid's step 0.</param>
    internal long PlaceOf(long ticks, long origin)
    {
        if (Months == 0)
            return Floor(ticks - origin + Ticks / 2, Ticks);
        var (time, start) = (new DateTime(ticks), new DateTime(origin));
        return Floor((time.Year - start.Year) * MonthsOfYear + time.Month - start.Month + Months / 2, Months);
    }

    /// <summary>Whether this step is at least twice as long as another.</summary>
    internal bool Holds(TimeStep other) => Span >= 2 * other.Span;

    /// <summary>The step that begins at or before a time, counted from year 1; weeks begin on Monday. Steps of an index
    /// are counted from index 0.</summary>
    internal long StartOf(long ticks)
    {
        if (IsCount)
            return SeriesTimes.IndexStart + Floor(ticks - SeriesTimes.IndexStart, Ticks) * Ticks;
        if (Months == 0)
            return Floor(ticks, Ticks) * Ticks;
        var time = new DateTime(ticks);
        return new DateTime(1, 1, 1)
            .AddMonths((int)Floor((time.Year - 1) * MonthsOfYear + time.Month - 1, Months) * Months).Ticks;
    }

    /// <summary>The time of a step of a grid.</summary>
    internal long TimeOf(long place, long origin)
    {
        if (Months == 0)
            return origin + place * Ticks;
        var start = new DateTime(origin);
        var time = start.AddMonths((int)place * Months);
        // A grid that starts at the end of a month stays at the ends.
        return IsMonthEnd(start) ? time.AddDays(DateTime.DaysInMonth(time.Year, time.Month) - time.Day).Ticks
            : time.Ticks;
    }

    /// <summary>
    /// The number of steps in a span of days, where it is a whole number to a hundredth, 2 or more; else 0.
    /// </summary>
    internal int StepsOf(double days)
    {
        var steps = days * TimeSpan.TicksPerDay / Span;
        return steps is >= 1.5 and < int.MaxValue && Math.Abs(steps - Math.Round(steps)) <= steps / Snaps
            ? (int)Math.Round(steps) : 0;
    }

    private double Span => Months == 0 ? Ticks : Months * (365.2425 / MonthsOfYear) * TimeSpan.TicksPerDay;

    /// <summary>
    /// A step of 28 to 31 days is a month where all times are on the same day of the month, or on its last; likewise
    /// for more months.
    /// </summary>
    private static int MonthsOf(long median, long[] ticks)
    {
        var months = (median / TimeSpan.TicksPerDay) switch
        {
            >= 28 and <= 31 => 1,
            >= 89 and <= 92 => 3,
            >= 181 and <= 184 => 6,
            365 or 366 => MonthsOfYear,
            _ => 0,
        };
        var first = new DateTime(ticks[0]);
        return months > 0 && ticks.All(tick => new DateTime(tick) is var time && time.TimeOfDay == first.TimeOfDay
            && (time.Day == first.Day || IsMonthEnd(time) && IsMonthEnd(first))) ? months : 0;
    }

    private static long Snapped(long median)
    {
        foreach (var (_, unit) in Units.Skip(1))
            if ((median + unit / 2) / unit * unit is var whole and > 0 && Math.Abs(whole - median) <= median / Snaps)
                return whole;
        return median;
    }

    private static bool IsMonthEnd(DateTime time) => time.Day == DateTime.DaysInMonth(time.Year, time.Month);

    private static long Floor(long value, long divisor) => value / divisor - (value % divisor < 0 ? 1 : 0);

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d|w|mo|y)$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberAndUnit();
}
