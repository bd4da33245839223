namespace DeepPS.Data;

/// <summary>How text becomes words with their contexts.</summary>
public sealed record SkipGramOptions
{
    /// <summary>The largest distance between a word and a word of its context.</summary>
    public int Window { get; init; } = 5;

    /// <summary>The number of times that a word must occur; rarer words are left out.</summary>
    public int MinimumCount { get; init; } = 5;

    /// <summary>The frequency above which words are left out at random, the more often the more frequent they are; 0:
    /// none.</summary>
    public double Subsample { get; init; } = 1e-3;

    /// <summary>Whether each word has the whole window. If not, its window is drawn, from 1 to <see cref="Window"/>, so
    /// that near words count more.</summary>
    public bool FixedWindow { get; init; }

    /// <summary>Whether words that differ in case are different words.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>The random seed: the same seed gives the same rows.</summary>
    public int Seed { get; init; }
}
