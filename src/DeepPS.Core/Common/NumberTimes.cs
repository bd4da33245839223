namespace DeepPS.Common;

/// <summary>
/// Points in time written as numbers. All numbers of a column together decide the form: a step index from 1 to 3000
/// holds years and seconds only by chance.
/// </summary>
internal enum NumberTimes
{
    /// <summary>They count steps, and are no points in time.</summary>
    Index,

    /// <summary>Days such as 20240531, seconds such as 20240531123000, or years such as 2024.</summary>
    Digits,

    /// <summary>Seconds since 1970.</summary>
    Seconds,

    /// <summary>Milliseconds since 1970.</summary>
    Milliseconds,
}

/// <summary>Decides the form of times written as numbers, and reads them.</summary>
internal static class NumberTimesReader
{
    private const double LeastSeconds = 1e8, LeastMilliseconds = 1e11;

    private const int FirstYear = 1500, LastYear = 2200;

    /// <summary>The form of all numbers; NaN does not count.</summary>
    public static NumberTimes FormOf(ReadOnlySpan<double> numbers)
    {
        var largest = 0.0;
        bool areYears = true, areDays = true, areSeconds = true;
        foreach (var number in numbers)
        {
            if (double.IsNaN(number))
                continue;
            largest = Math.Max(largest, Math.Abs(number));
            areYears = areYears && number is >= FirstYear and <= LastYear && number == Math.Floor(number);
            areDays = areDays && IsDigits(number, 8);
            areSeconds = areSeconds && IsDigits(number, 14);
        }

        return areYears || areDays || areSeconds ? NumberTimes.Digits
            : largest >= LeastMilliseconds ? NumberTimes.Milliseconds
            : largest >= LeastSeconds ? NumberTimes.Seconds : NumberTimes.Index;
    }

    /// <summary>Reads a number in a form other than an index. False: it is no point in time.</summary>
    public static bool TryRead(double number, NumberTimes form, out long ticks)
    {
        if (form is NumberTimes.Digits)
            return TimeText.TryParseNumber(NumberText.Format(number), out ticks);
        ticks = 0;
        var seconds = form is NumberTimes.Milliseconds ? number / 1000 : number;
        if (Math.Abs(seconds) > (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds)
            return false;
        ticks = DateTime.UnixEpoch.Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        return ticks >= 0;
    }

    private static bool IsDigits(double number, int digits) => number > 0 && number == Math.Floor(number)
        && NumberText.Format(number) is var text && text.Length == digits && TimeText.TryParseNumber(text, out _);
}
