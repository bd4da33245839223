using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Rotates images about their centre by a random angle in either direction.</summary>
/// <remarks>torchvision's <c>RandomRotation</c>.</remarks>
[CatalogEntry("Rotation", "RandomRotation", "Rotate")]
public sealed record Rotation : AffineAugmentation
{
    /// <summary>Largest angle in degrees.</summary>
    [Setting(Position = 0, Required = true, Minimum = 0, Maximum = 180)]
    public double Degrees { get; init; }

    private protected override AffineMap Map(BatchRandom random, long height, long width) =>
        new(random.Around(0, Degrees));
}
