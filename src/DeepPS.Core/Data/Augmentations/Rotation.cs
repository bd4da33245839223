using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Turns an image about its middle by a random angle, one way or the other.</summary>
/// <remarks>torchvision's <c>RandomRotation</c>.</remarks>
[CatalogEntry("Rotation", "RandomRotation", "Rotate")]
public sealed record Rotation : AffineAugmentation
{
    /// <summary>The largest angle, in degrees.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0, Maximum = 180)]
    public double Degrees { get; init; }

    private protected override AffineMap Map(BatchRandom random, long height, long width) => new(random.Around(0, Degrees));
}
