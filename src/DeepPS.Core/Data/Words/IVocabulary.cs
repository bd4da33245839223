namespace DeepPS.Data;

/// <summary>An encoder of words as numbers.</summary>
internal interface IVocabulary
{
    /// <summary>The words, by number from <see cref="FirstNumber"/> on, the most frequent first; empty if they are
    /// parts of words.</summary>
    IReadOnlyList<string> Vocabulary { get; }

    /// <summary>The number of the first word.</summary>
    int FirstNumber { get; }
}
