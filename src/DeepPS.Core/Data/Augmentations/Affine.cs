using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Rotates, shifts, scales and shears images about their centre, each by a random amount.</summary>
/// <remarks>torchvision's <c>RandomAffine</c>.</remarks>
[CatalogEntry("Affine", "RandomAffine")]
public sealed record Affine : AffineAugmentation
{
    /// <summary>Largest angle of rotation in degrees, in either direction.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0, Maximum = 180)]
    public double Degrees { get; init; }

    /// <summary>
    /// Largest shift in either direction as a share of the width and of the height; shifts are whole pixels.
    /// </summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Translate { get; init; }

    /// <summary>Smallest and largest scale factor.</summary>
    [Setting]
    public double[] Scale { get; init; } = [1, 1];

    /// <summary>Largest angle of shear in degrees, in either direction.</summary>
    [Setting(Minimum = 0, Maximum = 89)]
    public double Shear { get; init; }

    /// <inheritdoc/>
    protected internal override void Validate() => RangeSetting.CheckPositive(this, nameof(Scale), Scale);

    private protected override AffineMap Map(BatchRandom random, long height, long width) => new(
        random.Around(0, Degrees),
        Scale is [1, 1] ? null : random.Uniform(Scale[0], Scale[1]),
        Translate == 0 ? null
            : (random.Around(0, Translate * width).round(), random.Around(0, Translate * height).round()),
        Shear == 0 ? null : random.Around(0, Shear));
}
