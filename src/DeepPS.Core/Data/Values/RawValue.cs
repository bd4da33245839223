using System.Globalization;
using System.Numerics;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads values of PowerShell objects as numbers, times and names.</summary>
internal static class RawValue
{
    /// <summary>Whether a value is a number of any kind; a time span is read in seconds.</summary>
    public static bool IsNumber(object value, out double number)
    {
        switch (value)
        {
            case double x: number = x; return true;
            case int x: number = x; return true;
            case long x: number = x; return true;
            case float x: number = x; return true;
            case decimal x: number = (double)x; return true;
            case TimeSpan x: number = x.TotalSeconds; return true;
            case byte or sbyte or short or ushort or uint or ulong when value is not Enum:
                number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return true;
            case Half x: number = (double)x; return true;
            case BigInteger x: number = (double)x; return true;
            case Int128 x: number = (double)x; return true;
            case UInt128 x: number = (double)x; return true;
            case nint x: number = x; return true;
            case nuint x: number = x; return true;
            default: number = double.NaN; return false;
        }
    }

    /// <summary>
    /// Whether a value is a point in time: those with an offset are converted to UTC, times of day are on the first
    /// day.
    /// </summary>
    public static bool IsTime(object value, out long ticks)
    {
        switch (value)
        {
            case DateTime time: ticks = time.Ticks; return true;
            case DateTimeOffset time: ticks = time.UtcTicks; return true;
            case DateOnly day: ticks = day.ToDateTime(TimeOnly.MinValue).Ticks; return true;
            case TimeOnly time: ticks = time.Ticks; return true;
            default: ticks = TimeColumn.None; return false;
        }
    }

    /// <summary>
    /// Reads a value as a point in time, or as missing (<see cref="TimeColumn.None"/>). False where it is neither.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="dayFirst">
    /// Whether the day comes first in dates such as 1/2/2024; null: as in <see cref="TimeForm"/>.
    /// </param>
    /// <param name="ticks">The ticks.</param>
    public static bool TryTime(object? value, bool? dayFirst, out long ticks)
    {
        ticks = TimeColumn.None;
        if (value is null or DBNull || value is string missing && MissingValue.Is(missing))
            return true;
        if (IsTime(value, out ticks))
            return true;
        if (value is not string text || !TimeText.TryParse(text, out var time))
            return ToText(value) is { } digits && TimeText.TryParseNumber(digits.Trim(), out ticks);
        var first = dayFirst ?? text.Contains('.') ? DayOrder.DayFirst : DayOrder.MonthFirst;
        if ((time.Ticks(first) ?? (dayFirst is null ? time.Ticks(DayOrder.DayFirst) : null)) is not { } found)
            return false;
        ticks = found;
        return true;
    }

    /// <summary>Reads a value as a number, or as missing (NaN). False where it is neither.</summary>
    public static bool TryNumber(object? value, out double number)
    {
        number = double.NaN;
        return value switch
        {
            null or DBNull => true,
            string text => NumberText.TryParse(text.AsSpan().Trim(), out number) || IsMissing(text, out number)
                || NumberFormat.TryParseSaid(text.Trim(), out number),
            bool flag => Set(flag ? 1 : 0, out number),
            // As in training, where an infinite number counts as missing.
            _ => IsNumber(value, out number) && (double.IsFinite(number) || Set(double.NaN, out number)),
        };
    }

    /// <summary>The value as a name; null where it is missing or cannot be a name.</summary>
    public static string? ToText(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "True" : "False",
        char or Enum or Guid or Uri or Version => value.ToString(),
        _ => IsNumber(value, out var number) ? double.IsNaN(number) ? "" : NumberText.Format(number) : null,
    };

    private static bool IsMissing(string text, out double number) => Set(double.NaN, out number)
        && MissingValue.Is(text);

    private static bool Set(double value, out double number)
    {
        number = value;
        return true;
    }
}
