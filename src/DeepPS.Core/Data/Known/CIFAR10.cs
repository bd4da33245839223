using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// Small photographs of ten kinds of things: 50,000 to train on and 10,000 to test, colour, 32 by 32 (Krizhevsky 2009).
/// </summary>
[CatalogEntry("CIFAR10", "CIFAR-10")]
public sealed record CIFAR10 : CifarImages
{
    /// <inheritdoc/>
    /// <remarks>Checksum from the publisher's page.</remarks>
    public override IReadOnlyList<KnownFile> Files =>
        [new("cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530")];
}
