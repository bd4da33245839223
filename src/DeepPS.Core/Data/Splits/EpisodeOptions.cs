namespace DeepPS.Data;

/// <summary>How episodes are drawn from a dataset.</summary>
public sealed record EpisodeOptions
{
    /// <summary>The number of classes in an episode.</summary>
    public int Way { get; init; } = 5;

    /// <summary>The number of samples of each class in the support.</summary>
    public int Shot { get; init; } = 1;

    /// <summary>The number of samples of each class in the query.</summary>
    public int Query { get; init; } = 5;

    /// <summary>The number of episodes.</summary>
    public int Count { get; init; } = 100;

    /// <summary>The random seed: the same seed gives the same episodes.</summary>
    public int Seed { get; init; }
}
