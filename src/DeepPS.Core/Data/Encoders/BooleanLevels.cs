using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Names that mean yes and no.</summary>
internal static class BooleanLevels
{
    private static readonly string[][] Pairs =
        [["false", "true"], ["no", "yes"], ["n", "y"], ["f", "t"], ["off", "on"]];

    /// <summary>
    /// Whether levels are the words of one pair for no and yes, or one of them; not 0 and 1, which may be amounts.
    /// </summary>
    public static bool Are(IReadOnlyCollection<string> levels) => levels.Count > 0
        && Pairs.Any(pair => levels.All(level => pair.Contains(level, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Whether a word means yes; null where it means neither yes nor no.</summary>
    public static bool? Parse(string text) => BooleanText.TryParse(text, out var value) ? value : null;

    /// <summary>The error for a word that means neither yes nor no.</summary>
    public static DlException NotABoolean(string column, string level) => new("NotABoolean", DlErrorKind.InvalidData,
        $"Column '{column}' must hold yes or no; got '{level}'. Supported: {BooleanText.Known}.", column);
}
