using System.Globalization;
using System.Text;

namespace DeepPS.Data;

/// <summary>Splits text into words and signs.</summary>
internal static class TextWords
{
    /// <summary>Longer runs of letters are cut: text without spaces, such as a base64 key, is not one word.</summary>
    public const int Longest = 64;

    private enum Part
    {
        Space,
        Word,
        Sign,
    }

    /// <summary>
    /// Runs of letters, digits and their marks, up to <see cref="Longest"/> characters; each ideograph and each other
    /// sign by itself. Spaces, controls and joiners are left out; half a surrogate pair is U+FFFD.
    /// </summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        var at = 0;
        while (at < text.Length)
        {
            var (rune, used) = Decode(text, at);
            var part = PartOf(rune, inWord: at > start);
            if (at > start && (part is not Part.Word || IsIdeograph(rune) || at + used - start > Longest))
            {
                yield return text[start..at];
                start = at;
            }

            at += used;
            if (part is Part.Sign || part is Part.Word && IsIdeograph(rune))
                yield return rune.ToString();
            if (part is not Part.Word || IsIdeograph(rune))
                start = at;
        }

        if (at > start)
            yield return text[start..at];
    }

    /// <summary>Whether a word is one sign or one ideograph.</summary>
    public static bool IsAlone(string word) =>
        Decode(word, 0) is var (rune, used) && used == word.Length
            && (!Rune.IsLetterOrDigit(rune) || IsIdeograph(rune));

    private static (Rune Rune, int Used) Decode(string text, int at)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used);
        return (rune, used);
    }

    private static Part PartOf(Rune rune, bool inWord)
    {
        if (Rune.IsLetterOrDigit(rune))
            return Part.Word;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
                inWord ? Part.Word : Part.Space,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control or UnicodeCategory.Format => Part.Space,
            _ => Part.Sign,
        };
    }

    /// <summary>Whether a character is a word by itself: Chinese and Japanese are written without spaces.</summary>
    private static bool IsIdeograph(Rune rune) =>
        rune.Value is >= 0x3041 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900
            and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
