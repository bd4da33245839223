using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Turns, shifts, scales and shears an image about its middle, each by a random amount.</summary>
/// <remarks>torchvision's <c>RandomAffine</c>.</remarks>
[CatalogEntry("Affine", "RandomAffine")]
public sealed record Affine : AffineAugmentation
{
    /// <summary>The largest angle, in degrees, that it turns one way or the other.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0, Maximum = 180)]
    public double Degrees { get; init; }

    /// <summary>The largest share of its width, and of its height, that it moves one way or the other, by whole pixels.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Translate { get; init; }

    /// <summary>The smallest and the largest factor on its size.</summary>
    [Setting]
    public double[] Scale { get; init; } = [1, 1];

    /// <summary>The largest angle, in degrees, that its columns lean one way or the other.</summary>
    [Setting(Minimum = 0, Maximum = 89)]
    public double Shear { get; init; }

    /// <inheritdoc/>
    protected internal override void Validate() => RangeSetting.CheckPositive(this, nameof(Scale), Scale);

    private protected override AffineMap Map(BatchRandom random, long height, long width) => new(
        random.Around(0, Degrees),
        Scale is [1, 1] ? null : random.Uniform(Scale[0], Scale[1]),
        Translate == 0 ? null : (random.Around(0, Translate * width).round(), random.Around(0, Translate * height).round()),
        Shear == 0 ? null : random.Around(0, Shear));
}
