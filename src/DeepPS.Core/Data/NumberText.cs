using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepPS;

/// <summary>Numbers as text, the same in every culture.</summary>
internal static class NumberText
{
    /// <summary>Digits that always fit into 64 bits, and the largest power of ten that does.</summary>
    private const int MostDigits = 19;

    private static readonly ulong[] WholePowersOfTen = MakePowersOfTen();
    private static readonly double[] PowersOfTen = Array.ConvertAll(WholePowersOfTen, power => (double)power);

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
    /// Reads a sign, up to 19 digits and a point at most: nearly all numbers of data files, in a fraction of the time that the
    /// framework needs, and to the same last bit. False where the text is of another form.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var digits = 0UL;
        var (count, point) = (0, -1);
        for (var i = negative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                digits = digits * 10 + digit;
                count++;
            }
            else if (text[i] == '.' && point < 0)
                point = count;
            else
                return false;
        }

        if (count is 0 or > MostDigits)
            return false;
        number = Divide(digits, point < 0 ? 0 : count - point);
        if (negative)
            number = -number;
        return true;
    }

    /// <summary>
    /// The double nearest to digits / 10^decimals. Below 2^53 both are exact as doubles and one division rounds rightly (Clinger,
    /// How to read floating point numbers accurately, 1990). Else the quotient is taken to 63 bits or more, its last one set where
    /// there is a remainder, so that its conversion rounds as the true quotient would.
    /// </summary>
    private static double Divide(ulong digits, int decimals)
    {
        if (decimals == 0)
            return digits;
        if (digits < 1UL << 53)
            return digits / PowersOfTen[decimals];
        var divisor = WholePowersOfTen[decimals];
        var shift = 63 + BitOperations.LeadingZeroCount(digits) - BitOperations.LeadingZeroCount(divisor);
        var numerator = (UInt128)digits << shift;
        var quotient = (ulong)(numerator / divisor);
        if (numerator != (UInt128)quotient * divisor)
            quotient |= 1;
        return quotient * BitConverter.UInt64BitsToDouble((ulong)(1023 - shift) << 52);
    }

    private static ulong[] MakePowersOfTen()
    {
        var powers = new ulong[MostDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
