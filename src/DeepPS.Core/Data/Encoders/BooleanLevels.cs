using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Names that are yes and no.</summary>
internal static class BooleanLevels
{
    private static readonly string[][] Pairs = [["false", "true"], ["no", "yes"], ["n", "y"], ["f", "t"], ["off", "on"]];

    /// <summary>Whether levels are the words of one pair for no and yes, or one of them; 0 and 1 are not: they may be amounts.</summary>
    public static bool Are(IReadOnlyCollection<string> levels) => levels.Count > 0
        && Pairs.Any(pair => levels.All(level => pair.Contains(level, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Yes, no, or null where a word is neither.</summary>
    public static bool? Parse(string text) => BooleanText.TryParse(text, out var value) ? value : null;

    /// <summary>The error for a word that is neither.</summary>
    public static DlException NotABoolean(string column, string came) => new("NotABoolean", DlErrorKind.InvalidData,
        $"Column '{column}' holds yes or no; '{came}' came. {BooleanText.Known} are read.", column);
}
