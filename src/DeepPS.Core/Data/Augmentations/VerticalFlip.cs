using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Flips images top to bottom at random.</summary>
/// <remarks>torchvision's <c>RandomVerticalFlip</c>.</remarks>
[CatalogEntry("VerticalFlip", "RandomVerticalFlip")]
public sealed record VerticalFlip : FlipAugmentation
{
    private protected override (Tensor Rows, Tensor Columns) Places(BatchRandom random, Tensor rows, Tensor columns) =>
        (rows.flip(0), columns);
}
