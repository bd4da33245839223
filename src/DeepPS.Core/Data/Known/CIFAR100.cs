using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// Small photographs like CIFAR10's, of a hundred kinds of things in twenty groups (Krizhevsky 2009).
/// </summary>
[CatalogEntry("CIFAR100", "CIFAR-100")]
public sealed record CIFAR100 : CifarImages
{
    /// <inheritdoc/>
    /// <remarks>Checksum from the publisher's page.</remarks>
    public override IReadOnlyList<KnownFile> Files =>
        [new("cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8")];
}
