namespace DeepPS.Plots;

/// <summary>What a plot of representations shows.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>The layer whose output is shown, or <c>input</c>; null for the layer before the output.</summary>
    public string? Layer { get; init; }

    /// <summary>How vectors become places.</summary>
    public EmbeddingMethod Method { get; init; }

    /// <summary>The number of neighbours of t-SNE.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>The number of samples or words at most.</summary>
    public int Count { get; init; } = 1000;

    /// <summary>The words to show; empty for the most frequent ones.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The seed of the choice of samples.</summary>
    public int Seed { get; init; }
}
