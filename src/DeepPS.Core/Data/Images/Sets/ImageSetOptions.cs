namespace DeepPS.Data;

/// <summary>How a set of image files is read.</summary>
public sealed record ImageSetOptions
{
    /// <summary>What is made of each image.</summary>
    public ImagePreparation Preparation { get; init; } = new();

    /// <summary>What becomes of its pixels when they are learned from.</summary>
    public ImageNormalization Normalization { get; init; }

    /// <summary>What the column of labels is called that folders give.</summary>
    public string Label { get; init; } = "Label";

    /// <summary>Whether a file that cannot be read ends the reading; else it is left out.</summary>
    public bool Strict { get; init; }

    /// <summary>How much memory the images may take, in bytes; where they are more they stay in their files. Null: decided by the machine's memory.</summary>
    public long? MemoryLimit { get => Budget?.Limit; init => Budget = value is { } limit ? new MemoryBudget(limit) : null; }

    /// <summary>What images in memory may take; where they are more they stay in their files. Null: decided by the machine's memory.</summary>
    internal MemoryBudget? Budget { get; init; }

    /// <summary>Told of each file that is left out, and why.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Told what was decided.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told how much is read, from 0 to 1, from any thread.</summary>
    public Action<double>? Progress { get; init; }
}
