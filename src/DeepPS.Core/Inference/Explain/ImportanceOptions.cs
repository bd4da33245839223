using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>Options of <see cref="ImportanceMeter"/>.</summary>
public sealed record ImportanceOptions
{
    /// <summary>The columns to measure; null for all, or all that are in no group.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Groups of columns that are permuted together, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Groups { get; init; } = [];

    /// <summary>Whether steps of sequences are measured instead of columns.</summary>
    public bool ByLag { get; init; }

    /// <summary>The number of permutations of each column.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>The metrics; null for accuracy of classes, or RMSE of numbers.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>The seed of the permutations.</summary>
    public int Seed { get; init; }

    /// <summary>Gives the permutation of a repeat of a part, each by number; null for random ones.</summary>
    internal Func<int, int, long[]>? Permutation { get; init; }
}
