namespace DeepPS;

/// <summary>How a dataset is split.</summary>
public sealed record SplitOptions
{
    /// <summary>The share of rows that training is watched by, from 0 to below 1.</summary>
    public double Validation { get; init; }

    /// <summary>The share of rows kept for the test, from 0 to below 1.</summary>
    public double Test { get; init; }

    /// <summary>The same seed gives the same parts.</summary>
    public int Seed { get; init; }

    /// <summary>Whether each part gets each class in the same share, where the label is a class.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>Told what was decided.</summary>
    public Action<string>? Log { get; init; }
}
