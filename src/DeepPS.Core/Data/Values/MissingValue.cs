using System.Text;

namespace DeepPS.Data;

/// <summary>The usual texts that mark missing values in files and objects.</summary>
internal static class MissingValue
{
    /// <summary>Whether a text is empty, NA, N/A, NaN, null, none, ? or -, in any case.</summary>
    public static bool Is(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => true,
        1 => text[0] is (byte)'?' or (byte)'-',
        2 => Ascii.EqualsIgnoreCase(text, "na"u8),
        3 => Ascii.EqualsIgnoreCase(text, "n/a"u8) || Ascii.EqualsIgnoreCase(text, "nan"u8),
        4 => Ascii.EqualsIgnoreCase(text, "null"u8) || Ascii.EqualsIgnoreCase(text, "none"u8),
        _ => false,
    };

    /// <summary>The same for text as characters, spaces around it aside.</summary>
    public static bool Is(string text)
    {
        var trimmed = text.AsSpan().Trim();
        Span<byte> bytes = stackalloc byte[4];
        return trimmed.Length <= 4 && Encoding.UTF8.TryGetBytes(trimmed, bytes, out var count) && Is(bytes[..count]);
    }
}
