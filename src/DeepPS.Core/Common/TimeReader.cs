using System.Text;

namespace DeepPS.Common;

/// <summary>Reads the parts of a date and a time from text.</summary>
internal ref struct TimeReader(ReadOnlySpan<byte> text)
{
    /// <summary>The end of the range of two-digit years, as in .NET.</summary>
    private const int TwoDigitYearEnd = 2050;

    /// <summary>The first year that may stand beside a month alone: 0123-05 is more likely a code.</summary>
    private const int FirstYearOfMonth = 1000;

    private static readonly string[] Weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
            "december"];

    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    private readonly bool AtEnd => at == text.Length;

    private readonly byte Next => at < text.Length ? text[at] : (byte)0;

    /// <summary>Reads all of the text.</summary>
    public bool TryRead(out TimeText time)
    {
        time = default;
        if (TryTime(out var alone))
        {
            time = new TimeText(1, 1, 1, true, alone);
            return AtEnd;
        }

        at = 0;
        if (!TryDate(out var date))
            return false;
        if (AtEnd)
        {
            time = date;
            return true;
        }

        if (!TrySkip('T') && !TrySkip('t'))
        {
            TrySkip(',');
            if (!TrySkip(' '))
                return false;
        }

        if (!TryTime(out var ticks) && !TryCompactTime(out ticks) || !AtEnd)
            return false;
        time = date with { Time = ticks };
        return true;
    }

    /// <summary>A date in any form, optionally after a weekday.</summary>
    private bool TryDate(out TimeText date)
    {
        date = default;
        SkipWeekday();
        if (TryMonthName(out var month))
            return SkipAny(" .-") && TryNumber(out var day, out _) && SkipAny(" ,-") && TryYear(out var year)
                && Set(out date, new TimeText(year, month, day, true, 0));
        if (!TryNumber(out var first, out var digits))
            return false;
        if (digits == 8 && Next is (byte)'T' or (byte)'t')
            return Set(out date, new TimeText(first / 10000, first / 100 % 100, first % 100, true, 0));
        var separator = Next;
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.' or (byte)' '))
            return false;
        at++;
        return digits switch
        {
            4 => TryYearFirst(first, separator, out date),
            1 or 2 => TryYearLast(first, digits, separator, out date),
            _ => false,
        };
    }

    private bool TryYearFirst(int year, byte separator, out TimeText date)
    {
        date = default;
        if (!TryMonthName(out var month) && (separator == ' ' || !TryNumber(out month, out var digits) || digits > 2))
            return false;
        if (AtEnd && separator == '-' && year >= FirstYearOfMonth)
            return Set(out date, new TimeText(year, month, 1, true, 0));
        return TrySkip((char)separator) && TryNumber(out var day, out digits) && digits <= 2
            && Set(out date, new TimeText(year, month, day, true, 0));
    }

    private bool TryYearLast(int first, int digits, byte separator, out TimeText date)
    {
        date = default;
        if (TryMonthName(out var month))
            return SkipAny(" .,-/") && TryYear(out var named)
                && Set(out date, new TimeText(named, month, first, true, 0));
        if (separator == ' ' || !TryNumber(out var second, out var secondDigits) || secondDigits > 2
            || !TrySkip((char)separator)
            || !TryNumber(out var year, out var yearDigits))
            return false;
        // 1.2.20 may be a version number; 1/2/20 and 01.02.20 are dates.
        if (yearDigits == 2 && (separator == '/' || digits == 2 && secondDigits == 2))
            year = FullYear(year);
        else if (yearDigits != 4)
            return false;
        return Set(out date, new TimeText(year, first, second, false, 0));
    }

    /// <summary>12:30, 12:30:15.25, 1:05 PM, each with an optional zone.</summary>
    private bool TryTime(out long ticks)
    {
        ticks = 0;
        var start = at;
        if (!TryNumber(out var hour, out var digits) || digits > 2 || !TrySkip(':') || !TryTwoDigits(out var minute))
            return Fail(start);
        var seconds = 0L;
        if (TrySkip(':') && !TrySeconds(out seconds))
            return Fail(start);
        if (TryHalfOfDay(out var afternoon))
        {
            if (hour is < 1 or > 12)
                return Fail(start);
            hour = hour % 12 + (afternoon ? 12 : 0);
        }

        return TryTicks(hour, minute, seconds, out ticks) || Fail(start);
    }

    /// <summary>123015, 1230.</summary>
    private bool TryCompactTime(out long ticks)
    {
        ticks = 0;
        var seconds = 0L;
        return TryTwoDigits(out var hour) && TryTwoDigits(out var minute)
            && (!char.IsAsciiDigit((char)Next) || TrySeconds(out seconds))
            && TryTicks(hour, minute, seconds, out ticks);
    }

    private bool TryTicks(int hour, int minute, long seconds, out long ticks)
    {
        ticks = hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + seconds;
        if (hour > 23 || minute > 59 || !TryZone(out var offset))
            return false;
        ticks -= offset;
        return true;
    }

    /// <summary>Seconds and their decimals, as ticks.</summary>
    private bool TrySeconds(out long ticks)
    {
        ticks = 0;
        if (!TryTwoDigits(out var seconds) || seconds > 59)
            return false;
        ticks = seconds * TimeSpan.TicksPerSecond;
        if (Next is not ((byte)'.' or (byte)','))
            return true;
        at++;
        var unit = TimeSpan.TicksPerSecond;
        var start = at;
        for (; char.IsAsciiDigit((char)Next); at++)
            ticks += (unit /= 10) * (Next - '0');
        return at > start;
    }

    /// <summary>Z, UTC, GMT, +02:00, +0200, +02, or nothing.</summary>
    private bool TryZone(out long offset)
    {
        offset = 0;
        if (AtEnd)
            return true;
        var spaced = TrySkip(' ');
        if (TryWord(out var word))
            return word is "z" or "utc" or "gmt";
        var sign = TrySkip('+') ? 1 : TrySkip('-') ? -1 : 0;
        if (sign == 0)
            return !spaced;
        if (!TryTwoDigits(out var hours))
            return false;
        var minutes = 0;
        if ((TrySkip(':') || !AtEnd) && !TryTwoDigits(out minutes))
            return false;
        offset = sign * (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute);
        return hours <= 14 && minutes <= 59;
    }

    private bool TryHalfOfDay(out bool afternoon)
    {
        var start = at;
        TrySkip(' ');
        afternoon = false;
        if (!TryWord(out var word) || word is not ("am" or "pm"))
            return Fail(start);
        afternoon = word[0] == 'p';
        return true;
    }

    private void SkipWeekday()
    {
        if (!TryWord(out var word) || word.Length < 3
            || !Weekdays.Any(day => day.StartsWith(word, StringComparison.Ordinal)))
            at = 0;
        else
            SkipAny(" ,.");
    }

    private bool TryMonthName(out int month)
    {
        var start = at;
        month = 0;
        if (!TryWord(out var word) || word.Length < 3)
            return Fail(start);
        month = 1 + Array.FindIndex(Months, name => name.StartsWith(word, StringComparison.Ordinal));
        return month > 0 || Fail(start);
    }

    private bool TryYear(out int year)
    {
        if (!TryNumber(out year, out var digits) || digits is not (2 or 4))
            return false;
        if (digits == 2)
            year = FullYear(year);
        return true;
    }

    private static int FullYear(int year) =>
        year + (year < TwoDigitYearEnd % 100 ? TwoDigitYearEnd / 100 * 100 : TwoDigitYearEnd / 100 * 100 - 100);

    /// <summary>Letters, in lower case.</summary>
    private bool TryWord(out string word)
    {
        var start = at;
        while (char.IsAsciiLetter((char)Next))
            at++;
        word = Encoding.ASCII.GetString(text[start..at]).ToLowerInvariant();
        return at > start;
    }

    private bool TryNumber(out int number, out int digits)
    {
        var start = at;
        number = 0;
        for (; at - start < 9 && char.IsAsciiDigit((char)Next); at++)
            number = number * 10 + (Next - '0');
        digits = at - start;
        return digits > 0;
    }

    private bool TryTwoDigits(out int number)
    {
        number = 0;
        if (at + 2 > text.Length || !char.IsAsciiDigit((char)text[at]) || !char.IsAsciiDigit((char)text[at + 1]))
            return false;
        number = (text[at] - '0') * 10 + text[at + 1] - '0';
        at += 2;
        return true;
    }

    private bool TrySkip(char c)
    {
        if (Next != c || AtEnd)
            return false;
        at++;
        return true;
    }

    /// <summary>Skips one or more of the given characters.</summary>
    private bool SkipAny(string characters)
    {
        var start = at;
        while (!AtEnd && characters.Contains((char)Next))
            at++;
        return at > start;
    }

    private bool Fail(int start)
    {
        at = start;
        return false;
    }

    private static bool Set(out TimeText date, TimeText value)
    {
        date = value;
        return true;
    }
}
