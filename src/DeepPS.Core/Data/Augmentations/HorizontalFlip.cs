using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Flips images left to right at random.</summary>
/// <remarks>torchvision's <c>RandomHorizontalFlip</c>.</remarks>
[CatalogEntry("HorizontalFlip", "Flip", "RandomHorizontalFlip")]
public sealed record HorizontalFlip : FlipAugmentation
{
    private protected override (Tensor Rows, Tensor Columns) Places(BatchRandom random, Tensor rows, Tensor columns) =>
        (rows, columns.flip(0));
}
