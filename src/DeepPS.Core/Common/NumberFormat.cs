using System.Text;

namespace DeepPS.Common;

/// <summary>A number format: the decimal separator and the group separator.</summary>
/// <param name="Decimal">The decimal separator.</param>
/// <param name="Thousands">The group separator; a space includes non-breaking spaces. Null for none.</param>
internal readonly record struct NumberFormat(char Decimal, char? Thousands = null)
{
    /// <summary>A decimal point and no groups.</summary>
    public static readonly NumberFormat Plain = new('.');

    private const int Longest = 64;

    private static readonly NumberFormat[] Others =
        [new('.', ','), new(',', '.'), new('.', ' '), new(',', ' '), new('.', '\''), new(',', '\'')];

    /// <summary>The decimal separator as a byte.</summary>
    public byte Point => (byte)Decimal;

    /// <summary>A number in this format, for an example.</summary>
    public override string ToString() => $"1{Thousands}234{Decimal}5";

    /// <summary>Reads a finite number.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (this == Plain)
            return NumberText.TryParse(text, out number);
        Span<byte> plain = stackalloc byte[Longest];
        return text.Length <= Longest && TryWritePlain(text, plain, out var length)
            && NumberText.TryParse(plain[..length], out number);
    }

    /// <summary>Reads a finite number.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        Span<byte> bytes = stackalloc byte[Longest];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var count) && TryParse(bytes[..count], out number);
    }

    /// <summary>The format, other than the plain one, in which all texts are numbers and at least one is unambiguous:
    /// 1,234,567 and 1.234,5 are, 1,234 is not. Null if there is none.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="decimalComma">Whether a comma may be the decimal separator.</param>
    public static NumberFormat? Find(IReadOnlyList<string> texts, bool decimalComma)
    {
        foreach (var format in Others)
            if ((decimalComma || format.Decimal != ',') && texts.All(text => format.TryParse(text, out _))
                && texts.Any(format.IsSaidBy))
                return format;
        return null;
    }

    /// <summary>Reads a number that is unambiguous.</summary>
    public static bool TryParseSaid(string text, out double number)
    {
        number = 0;
        foreach (var format in Others)
            if (format.IsSaidBy(text))
                return format.TryParse(text, out number);
        return false;
    }

    /// <summary>Whether a text is a number in this format and no different number in any other.</summary>
    public bool IsSaidBy(string text)
    {
        if (!TryParse(text, out var number))
            return false;
        foreach (var other in Others)
            if (other.TryParse(text, out var another) && another != number)
                return false;
        return !Plain.TryParse(text, out var plain) || plain == number;
    }

    /// <summary>Writes a number in the plain format. False if a group does not have three digits.</summary>
    private bool TryWritePlain(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        var (run, groups, whole) = (0, 0, true);
        for (var i = 0; i < text.Length; i++)
        {
            if (whole && SeparatorLength(text[i..]) is var width and > 0)
            {
                if (groups++ == 0 ? run is 0 or > 3 : run != 3)
                    return false;
                run = 0;
                i += width - 1;
                continue;
            }

            if (char.IsAsciiDigit((char)text[i]))
                run++;
            else if (text[i] == Point && whole || (text[i] | 0x20) == 'e')
            {
                if (whole && groups > 0 && run != 3)
                    return false;
                whole = false;
            }
            else if (text[i] == '.')
                return false;
            plain[length++] = text[i] == Point ? (byte)'.' : text[i];
        }

        return !whole || groups == 0 || run == 3;
    }

    /// <summary>The length in bytes of a group separator at the start of a text; 0 if there is none.</summary>
    private int SeparatorLength(ReadOnlySpan<byte> text) => Thousands switch
    {
        null => 0,
        ' ' => text[0] == ' ' ? 1 : text.StartsWith("\u00A0"u8) ? 2 : text.StartsWith("\u202F"u8) ? 3 : 0,
        '\'' => text[0] == '\'' ? 1 : text.StartsWith("\u2019"u8) ? 3 : 0,
        { } other => text[0] == other ? 1 : 0,
    };
}
