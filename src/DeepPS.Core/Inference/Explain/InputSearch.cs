namespace DeepPS.Inference;

/// <summary>Options of <see cref="InputFinder"/>.</summary>
public sealed record InputSearch
{
    /// <summary>The name of the layer; null for the last one.</summary>
    public string? Layer { get; init; }

    /// <summary>The units of the layer: its outputs, or its channels, by number from 0; null for all.</summary>
    public IReadOnlyList<int>? Units { get; init; }

    /// <summary>The number of steps.</summary>
    public int Steps { get; init; } = 256;

    /// <summary>The learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The number of moved copies of an image in each step.</summary>
    public int Views { get; init; } = 8;

    /// <summary>The largest shift of a copy in pixels.</summary>
    public int Jitter { get; init; } = 2;

    /// <summary>The largest rotation of a copy in degrees.</summary>
    public double Rotation { get; init; } = 10;

    /// <summary>The standard deviation of the Gaussian blur of the image, in pixels.</summary>
    public double Blur { get; init; } = 1;

    /// <summary>The weight of the penalty on the mean square of the pixels.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>The seed of the first image and of the moves.</summary>
    public int Seed { get; init; }
}
