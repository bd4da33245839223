namespace DeepPS.Data;

/// <summary>What text is cut into.</summary>
public enum TokenizerKind
{
    /// <summary>Words, numbers and signs.</summary>
    Word,

    /// <summary>Characters.</summary>
    Character,

    /// <summary>Pieces of words that are frequent, down to single bytes: nothing is unknown.</summary>
    BytePair,
}
