namespace DeepPS.Data;

/// <summary>How a set of image files is read.</summary>
public sealed record ImageSetOptions
{
    /// <summary>How each image is prepared.</summary>
    public ImagePreparation Preparation { get; init; } = new();

    /// <summary>How pixels are normalised in training.</summary>
    public ImageNormalization Normalization { get; init; }

    /// <summary>The name of the column of labels that folders give.</summary>
    public string Label { get; init; } = "Label";

    /// <summary>Whether an unreadable file is an error; else it is left out.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// The memory that the images may take, in bytes; larger sets stay in their files. Null: decided by the machine's
    /// memory.
    /// </summary>
    public long? MemoryLimit
    {
        get => Budget?.Limit;
        init => Budget = value is { } limit ? new MemoryBudget(limit) : null;
    }

    /// <summary>
    /// The budget of images in memory; larger sets stay in their files. Null: decided by the machine's memory.
    /// </summary>
    internal MemoryBudget? Budget { get; init; }

    /// <summary>Told of each file that is left out, with the reason.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Receives messages about decisions.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told the share that was read, from 0 to 1, by any thread.</summary>
    public Action<double>? Progress { get; init; }
}
