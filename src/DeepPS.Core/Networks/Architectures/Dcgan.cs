using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the two networks of DCGAN: square images with a size that is a power of two.</summary>
/// <remarks>Radford, Metz and Chintala, Unsupervised Representation Learning with Deep Convolutional Generative
/// Adversarial Networks (2015).</remarks>
public abstract record Dcgan : Architecture
{
    private protected static readonly Normal Weights = new() { StandardDeviation = 0.02 };

    /// <summary>The height and width of an image: a power of two, at least 8.</summary>
    [Setting(Minimum = 8)]
    public int ImageSize { get; init; } = 64;

    /// <summary>The filters of the layer nearest to the image; each further layer has twice as many.</summary>
    [Setting(Minimum = 1)]
    public int Filters { get; init; } = 64;

    protected internal override void Validate()
    {
        if (!int.IsPow2(ImageSize))
            throw SettingProblem.Of(this, nameof(ImageSize), "a power of two, such as 32 or 64", ImageSize);
    }

    /// <summary>The number of layers from 4x4 to half of the image's size, both included.</summary>
    private protected int Steps => int.Log2(ImageSize) - 2;

    /// <summary>Batch normalization with the paper's initial values.</summary>
    private protected static BatchNorm Norm(int number, Activation activation) => new()
    {
        Name = $"bn{number}", Activation = activation,
        WeightInitializer = new Normal { Mean = 1, StandardDeviation = 0.02 },
    };
}
