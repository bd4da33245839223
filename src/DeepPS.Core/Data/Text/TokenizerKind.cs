namespace DeepPS.Data;

/// <summary>The units that text is split into.</summary>
public enum TokenizerKind
{
    /// <summary>Words, numbers and signs.</summary>
    Word,

    /// <summary>Characters.</summary>
    Character,

    /// <summary>Frequent pieces of words, down to single bytes: nothing is unknown.</summary>
    BytePair,
}
