using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Adds normal noise to the pixels of images, clipped to 0 to 1.</summary>
/// <remarks>torchvision's <c>GaussianNoise</c>. NumericNoise is for numbers that are not pixels.</remarks>
[CatalogEntry("GaussianNoise", "PixelNoise")]
public sealed record PixelNoise : ColourAugmentation
{
    /// <summary>Standard deviation of the noise, where 1 is the difference between black and white.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double StandardDeviation { get; init; } = 0.1;

    private protected override string? RefusesShape(Shape image) => null;

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images) =>
        batch => random.Normal(batch, StandardDeviation).add_(batch).clamp_(0, 1);
}
