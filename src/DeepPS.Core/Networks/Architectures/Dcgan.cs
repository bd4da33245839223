using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What the two networks of DCGAN share: square images of a power of two, filters that double as images
/// halve.</summary>
/// <remarks>Radford, Metz and Chintala, Unsupervised Representation Learning with Deep Convolutional Generative
/// Adversarial Networks (2015).</remarks>
public abstract record Dcgan : Architecture
{
    private protected static readonly Normal Weights = new() { StandardDeviation = 0.02 };

    /// <summary>Height and width of an image: a power of two from 8 on.</summary>
    [Setting(Minimum = 8)]
    public int ImageSize { get; init; } = 64;

    /// <summary>The fewest filters of a layer; four layers of them and their doubles make images of 64.</summary>
    [Setting(Minimum = 1)]
    public int Filters { get; init; } = 64;

    protected internal override void Validate()
    {
        if (!int.IsPow2(ImageSize))
            throw SettingProblem.Of(this, nameof(ImageSize), "a power of two, such as 32 or 64", ImageSize);
    }

    /// <summary>How many layers there are between 4x4 places and half of the image's size, both included.</summary>
    private protected int Steps => int.Log2(ImageSize) - 2;

    /// <summary>Batch normalisation with the paper's first values.</summary>
    private protected static BatchNorm Norm(int number, Activation activation) => new()
    {
        Name = $"bn{number}", Activation = activation,
        WeightInitializer = new Normal { Mean = 1, StandardDeviation = 0.02 },
    };
}
