using System.Text.RegularExpressions;

namespace DeepPS.Objectives;

/// <summary>Splits text into the words that BLEU counts: the rules of mteval-v13a.</summary>
internal static partial class BleuWords
{
    /// <summary>The words and signs of a text.</summary>
    public static string[] Of(string text)
    {
        text = text.Replace("<skipped>", "").Replace("-\n", "").Replace('\n', ' ');
        text = text.Replace("&quot;", "\"").Replace("&amp;", "&").Replace("&lt;", "<").Replace("&gt;", ">");
        text = Signs().Replace($" {text} ", " $1 ");
        text = SignAfterOther().Replace(text, "$1 $2 ");
        text = SignBeforeOther().Replace(text, " $1 $2");
        text = HyphenAfterDigit().Replace(text, "$1 $2 ");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>All signs of ASCII but full stops, commas, hyphens and apostrophes.</summary>
    [GeneratedRegex(@"([\{-~\[-` -&\(-\+:-@/])")]
    private static partial Regex Signs();

    [GeneratedRegex("([^0-9])([.,])")]
    private static partial Regex SignAfterOther();

    [GeneratedRegex("([.,])([^0-9])")]
    private static partial Regex SignBeforeOther();

    [GeneratedRegex("([0-9])(-)")]
    private static partial Regex HyphenAfterDigit();
}
