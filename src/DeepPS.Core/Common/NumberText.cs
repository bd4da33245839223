using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepPS.Common;

/// <summary>Numbers as text, the same in every culture.</summary>
internal static class NumberText
{
    /// <summary>The number of digits that always fit into 64 bits.</summary>
    private const int MostDigits = 19;

    /// <summary>The most bytes read for a short number: a sign, a word of digits, a point and a word of
    /// digits.</summary>
    private const int ShortReach = 2 * sizeof(ulong) + 1;

    /// <summary>Constant data without initialization code.</summary>
    private static ReadOnlySpan<ulong> WholePowersOfTen =>
    [
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000,
        10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
        10000000000000000000,
    ];

    private static ReadOnlySpan<double> PowersOfTen =>
        [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        TryParsePlain(text, out number)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Format(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Reads an optional sign, up to 19 digits and a point: nearly all numbers in data files, much faster than
    /// the framework and exact to the last bit. False for other forms.</summary>
    public static bool TryParsePlain(ReadOnlySpan<byte> text, out double number) =>
        ScanPlain(text, (byte)'.', out number) == text.Length;

    /// <summary>Reads a number of that form at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="point">The decimal separator.</param>
    /// <param name="number">The number.</param>
    /// <returns>Its length in bytes; -1 if there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ScanPlain(ReadOnlySpan<byte> text, byte point, out double number) =>
        text.Length >= ShortReach
            && ScanShort(ref MemoryMarshal.GetReference(text), point, out number) is > 0 and var length
            ? length : ScanLong(text, point, out number);

    /// <summary>Reads a number of fewer than eight digits before the point and at most eight in all: the digits before
    /// and after the point are joined to one word and converted at once.</summary>
    /// <param name="start">The text; <see cref="ShortReach"/> bytes must be readable.</param>
    /// <param name="point">The decimal separator.</param>
    /// <param name="number">The number.</param>
    /// <returns>Its length in bytes; 0 if the number is not short.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ScanShort(ref byte start, byte point, out double number)
    {
        number = 0;
        var first = start == '-' ? 1 : 0;
        ref var at = ref Unsafe.Add(ref start, first);
        var word = WordOfDigits(ref at, out var count);
        if (count == sizeof(ulong))
            return 0;
        if (Unsafe.Add(ref at, count) != point)
        {
            number = WithSign((long)NumberOf(word, count), first);
            return count == 0 ? 0 : first + count;
        }

        var behind = WordOfDigits(ref Unsafe.Add(ref at, count + 1), out var decimals);
        if (decimals == sizeof(ulong) || count + decimals is 0 or > sizeof(ulong))
            return 0;
        word = behind << 8 * count | word & ((1UL << 8 * count) - 1);
        number = WithSign((long)NumberOf(word, count + decimals) / PowersOfTen[decimals], first);
        return first + count + 1 + decimals;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ScanLong(ReadOnlySpan<byte> text, byte point, out double number)
    {
        number = 0;
        var first = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var digits = 0UL;
        var at = first + ScanDigits(text[first..], ref digits);
        var (count, decimals) = (at - first, 0);
        if (at < text.Length && text[at] == point)
        {
            decimals = ScanDigits(text[(at + 1)..], ref digits);
            at += 1 + decimals;
            count += decimals;
        }

        if (count is 0 or > MostDigits)
            return -1;
        number = WithSign(Divide(digits, decimals), first);
        return at;
    }

    /// <summary>Appends the digits at the start of a text to a number.</summary>
    /// <returns>The number of digits.</returns>
    private static int ScanDigits(ReadOnlySpan<byte> text, ref ulong number)
    {
        var at = 0;
        while (text.Length - at >= sizeof(ulong))
        {
            var word = WordOfDigits(ref MemoryMarshal.GetReference(text[at..]), out var count);
            if (count == 0)
                return at;
            number = number * WholePowersOfTen[count] + NumberOf(word, count);
            at += count;
            if (count < sizeof(ulong))
                return at;
        }

        for (; at < text.Length && (uint)text[at] - '0' is <= 9 and var digit; at++)
            number = number * 10 + digit;
        return at;
    }

    /// <summary>Eight bytes of text, each digit as its value, and the number of leading digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordOfDigits(ref byte text, out int count)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref text) ^ 0x3030303030303030;
        var others = (word + 0x7676767676767676 | word) & 0x8080808080808080;
        count = BitOperations.TrailingZeroCount(others) / 8;
        return word;
    }

    /// <summary>The number of a word's leading digits: pairs, then fours, then all are combined within the
    /// word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NumberOf(ulong word, int count)
    {
        word <<= 64 - 8 * count;
        word = word * 10 + (word >> 8);
        return ((word & 0x000000FF000000FF) * 0x000F424000000064
            + ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
    }

    /// <summary>A number with a sign, without a branch, since signs are unpredictable in most data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double WithSign(double number, int negative) =>
        BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(number) | (ulong)negative << 63);

    /// <summary>The double nearest to digits / 10^decimals. Below 2^53 both are exact as doubles and one division
    /// rounds correctly (Clinger, How to read floating point numbers accurately, 1990). Otherwise the quotient has 63
    /// bits or more, with the last bit set if there is a remainder, so its conversion rounds correctly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Divide(ulong digits, int decimals)
    {
        if (decimals == 0)
            return digits;
        if (digits < 1UL << 53)
            return (long)digits / PowersOfTen[decimals];
        return DivideWide(digits, WholePowersOfTen[decimals]);
    }

    private static double DivideWide(ulong digits, ulong divisor)
    {
        var shift = 63 + BitOperations.LeadingZeroCount(digits) - BitOperations.LeadingZeroCount(divisor);
        var numerator = (UInt128)digits << shift;
        var quotient = (ulong)(numerator / divisor);
        if (numerator != (UInt128)quotient * divisor)
            quotient |= 1;
        return quotient * BitConverter.UInt64BitsToDouble((ulong)(1023 - shift) << 52);
    }
}
