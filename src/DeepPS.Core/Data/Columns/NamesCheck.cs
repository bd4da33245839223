using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Finds columns of names from which nothing can be learned: constants, identifiers and free text.</summary>
internal static class NamesCheck
{
    /// <summary>
    /// With more levels than this share of the rows, a name identifies single rows: any column, and one that is called
    /// like an identifier.
    /// </summary>
    private const double IdentifierShare = 0.9, NamedIdentifierShare = 0.5;

    /// <summary>With more levels than this share of the rows, sentences are free text.</summary>
    private const double TextShare = 0.1;

    /// <summary>Names of which a smaller share of the rows occurs often enough to be learned are identifiers.</summary>
    private const double LearnableShare = 0.1;

    /// <summary>The share of numbers above which text is more likely a mark of missing numbers than a name.</summary>
    private const double NumbersShare = 0.5;

    /// <summary>Up to this number of sentences, they may be names.</summary>
    private const int FewSentences = 5;

    /// <summary>Text of this many words or more is free text, not a name.</summary>
    private const int WordsOfText = 4;

    private const int TextsShown = 3;

    /// <summary>How many values decide whether a column is free text.</summary>
    private const int Sampled = 1000;

    /// <summary>Why the column is no input; null where it may be one.</summary>
    public static string? WhyUseless(CategoryColumn column)
    {
        var used = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
            if (code >= 0)
                used[code] = true;
        var levels = column.Levels.Where((_, code) => used[code]).ToArray();
        if (levels.Length == 1 && column.Missing == 0 && column.Count > 1)
            return $"it is '{levels[0]}' in every row";
        if (column.Settings.Kind is not null || levels.Length == 0)
            return null;
        var present = column.Count - column.Missing;
        if (levels.Length > FewSentences && levels.Length > TextShare * present
            && levels.Take(Sampled).Average(Words) >= WordsOfText)
            return $"free text: {levels.Length:N0} different values in {present:N0} rows. To learn from its words, "
                + $"-Column @{{ '{column.Name}' = 'Text' }}";
        var most = (IdentifierName.Is(column.Name) ? NamedIdentifierShare : IdentifierShare) * present;
        if (levels.Length <= EncoderChoice.ManyLevels || levels.Length <= most && IsLearnable(column, present))
            return null;
        var texts = levels.Where(level => !NumberText.TryParse(level, out _)).Take(TextsShown + 1).ToArray();
        if (levels.Count(level => NumberText.TryParse(level, out _)) > NumbersShare * levels.Length)
            return $"numbers and text: {levels.Length:N0} different values in {present:N0} rows, among them "
                + $"{string.Join(", ", texts.Take(TextsShown).Select(text => $"'{text}'"))}"
                + $"{(texts.Length > TextsShown ? ", ..." : "")}. If text marks a missing number, name it with "
                + $"-MissingValue; to keep all as names, -Column @{{ '{column.Name}' = 'Category' }}";
        return $"an identifier: {levels.Length:N0} different values in {present:N0} rows. To use it all the same, "
            + $"-Column @{{ '{column.Name}' = 'Category' }}";
    }

    /// <summary>Whether enough rows have names that an encoder tells apart; the others are all "other" to it.</summary>
    private static bool IsLearnable(CategoryColumn column, int present)
    {
        var known = KnownLevels.Fit(column).Levels.ToHashSet(StringComparer.Ordinal);
        return LevelCounts.Of(column).Where(level => known.Contains(level.Level)).Sum(level => (long)level.Count)
            >= LearnableShare * present;
    }

    private static int Words(string text) => text.AsSpan().Trim().Count(' ') + 1;
}
