using System.Buffers;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Finds the encoding of a text file: the one given, by its byte order mark, or by its first bytes.</summary>
internal static class CsvEncoding
{
    /// <summary>UTF-8 without a mark.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The encoding assumed for text that is not UTF-8: Windows-1252, which includes Latin-1.</summary>
    public static readonly Encoding Fallback = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding[] Marked =
        [new UTF8Encoding(true), new UTF32Encoding(false, true), new UnicodeEncoding(false, true),
            new UnicodeEncoding(true, true)];

    /// <summary>An encoding by its name.</summary>
    /// <exception cref="DlException"><c>UnknownEncoding</c>.</exception>
    public static Encoding Named(string name)
    {
        try
        {
            return name.ToLowerInvariant() switch
            {
                "utf8" or "utf8nobom" or "utf8bom" or "utf-8" => Utf8,
                "unicode" => Encoding.Unicode,
                "bigendianunicode" => Encoding.BigEndianUnicode,
                "ansi" => Fallback,
                _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException e)
        {
            throw new DlException("UnknownEncoding", DlErrorKind.InvalidArgument,
                $"'{name}' is not a known encoding. Use utf8, unicode, bigendianunicode, latin1, ansi or a registered "
                + "name such as windows-1250.", name, e);
        }
    }

    /// <summary>Finds the encoding of a stream, and skips its byte order mark.</summary>
    /// <param name="stream">The stream, at its start.</param>
    /// <param name="given">The encoding that the user set; null: detected.</param>
    /// <returns>The encoding, and whether it is a guess that later bytes may disprove.</returns>
    public static (Encoding Encoding, bool IsGuess) Of(PeekedStream stream, Encoding? given)
    {
        foreach (var encoding in Marked)
            if (stream.Peeked.StartsWith(encoding.Preamble) && (given is null || given.CodePage == encoding.CodePage))
            {
                stream.Skip(encoding.Preamble.Length);
                return (encoding.CodePage == Utf8.CodePage ? Utf8 : encoding, false);
            }

        if (given is not null)
            return (given, false);
        if (WideOrder(stream.Peeked) is { } wide)
            return (wide, false);
        return IsUtf8(stream.Peeked, stream.IsWhole) ? (Utf8, true) : (Fallback, false);
    }

    /// <summary>
    /// UTF-16 without a mark: most characters of most texts have a zero byte, always on the same side.
    /// </summary>
    private static Encoding? WideOrder(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] == 0)
                _ = i % 2 == 0 ? even++ : odd++;
        var half = bytes.Length / 2;
        if (odd > half * 0.7 && even < half * 0.1)
            return Encoding.Unicode;
        return even > half * 0.7 && odd < half * 0.1 ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>Whether bytes are UTF-8; the last character may be cut off.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool whole)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return true;
        for (var cut = 1; cut <= 3 && cut < bytes.Length && !whole; cut++)
            if (Rune.DecodeFromUtf8(bytes[^cut..], out _, out _) is OperationStatus.NeedMoreData)
                return System.Text.Unicode.Utf8.IsValid(bytes[..^cut]);
        return false;
    }
}
