namespace DeepPS.Data;

/// <summary>Finds columns of names from which nothing can be learned: constants, identifiers and free text.</summary>
internal static class NamesCheck
{
    /// <summary>With more levels than this share of the rows, a name identifies single rows.</summary>
    private const double IdentifierShare = 0.1;

    /// <summary>Up to this number of sentences, they may be names.</summary>
    private const int FewSentences = 5;

    /// <summary>Text of this many words or more is free text, not a name.</summary>
    private const int WordsOfText = 4;

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
        if (levels.Length > FewSentences && levels.Length > IdentifierShare * present
            && levels.Take(Sampled).Average(Words) >= WordsOfText)
            return $"free text: {levels.Length:N0} different values in {present:N0} rows. To learn from its words, "
                + $"-Column @{{ '{column.Name}' = 'Text' }}";
        if (levels.Length <= EncoderChoice.ManyLevels || levels.Length <= IdentifierShare * column.Count)
            return null;
        return $"an identifier: {levels.Length:N0} different values in {column.Count:N0} rows. If they are names that "
            + $"occur again, -Column @{{ '{column.Name}' = 'Category' }}";
    }

    private static int Words(string text) => text.AsSpan().Trim().Count(' ') + 1;
}
