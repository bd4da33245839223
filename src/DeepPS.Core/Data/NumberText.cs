using System.Globalization;

namespace DeepPS;

/// <summary>Numbers as text, the same in every culture.</summary>
internal static class NumberText
{
    private static readonly double[] PowersOfTen = Enumerable.Range(0, 23).Select(i => double.Parse($"1e{i}", CultureInfo.InvariantCulture)).ToArray();

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        TryParsePlain(text, out number)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Format(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Digits with a point at most: when the digits make a whole number below 2^53 and there are at most 22 decimals, both it and
    /// the power of ten are exact, so one division rounds correctly (Clinger, How to read floating point numbers accurately, 1990).
    /// </summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length - i is 0 or > 16)
            return false;
        long digits = 0;
        var (count, decimals) = (0, -1);
        for (; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                digits = digits * 10 + digit;
                count++;
            }
            else if (text[i] == '.' && decimals < 0)
                decimals = count;
            else
                return false;
        }

        if (count is 0 or > 15)
            return false;
        number = decimals < 0 ? digits : digits / PowersOfTen[count - decimals];
        if (text[0] == '-')
            number = -number;
        return true;
    }
}
