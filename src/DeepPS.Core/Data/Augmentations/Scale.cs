using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Zooms images in or out by a random factor; the image keeps its size.</summary>
/// <remarks>Only the scale of torchvision's <c>RandomAffine</c>.</remarks>
[CatalogEntry("Scale", "RandomScale", "Zoom")]
public sealed record Scale : AffineAugmentation
{
    /// <summary>Smallest and largest scale factor.</summary>
    [Setting(Position = 0)]
    public double[] Factors { get; init; } = [0.9, 1.1];

    /// <inheritdoc/>
    protected internal override void Validate() => RangeSetting.CheckPositive(this, nameof(Factors), Factors);

    private protected override AffineMap Map(BatchRandom random, long height, long width) =>
        new(random.Around(0, 0), Scale: random.Uniform(Factors[0], Factors[1]));
}
