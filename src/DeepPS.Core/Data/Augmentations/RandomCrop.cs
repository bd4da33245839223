using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Pads images and crops them at random to their old size, which shifts them by at most the padding.</summary>
/// <remarks>
/// torchvision's <c>RandomCrop</c> to the image's own size. He and others (2016) use 4 pixels for CIFAR-10.
/// </remarks>
[CatalogEntry("RandomCrop", "Crop")]
public sealed record RandomCrop : PlaceAugmentation
{
    /// <summary>Number of pixels added on each side.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public int Padding { get; init; } = 4;

    /// <summary>How the added pixels are filled.</summary>
    [Setting(Position = 1)]
    public CropPadding PaddingMode { get; init; }

    /// <summary>The source of each row or column of a crop, as <see cref="PlaceAugmentation.Read"/> takes it.</summary>
    /// <param name="places">The numbers of the rows, or of the columns (size), int64.</param>
    /// <param name="start">
    /// The crop's first row or column in the padded image, (samples), int64, from 0 to twice the padding.
    /// </param>
    internal Tensor Crop(Tensor places, Tensor start)
    {
        var size = places.shape[0];
        var from = places.add(start.unsqueeze(1)).sub(Padding);
        return PaddingMode switch
        {
            CropPadding.Replicate => from.clamp(0, size - 1),
            CropPadding.Reflect => size - 1 - (size - 1 - from.abs()).abs(),
            _ => where(from.ge(0).logical_and(from.lt(size)), from, full_like(from, size)),
        };
    }

    private protected override string? RefusesShape(Shape image) => Padding < Math.Min(image[1], image[2]) ? null
        : $"has a Padding of {Padding}; these images are {image}, and it must be less than their height and width";

    private protected override (Tensor Rows, Tensor Columns) Places(BatchRandom random, Tensor rows, Tensor columns) =>
        (Crop(rows, Start(random, rows)), Crop(columns, Start(random, columns)));

    private Tensor Start(BatchRandom random, Tensor places) =>
        random.Uniform().mul(2 * Padding + 1).floor().to_type(places.dtype);
}

/// <summary>How the pixels around an image are filled.</summary>
public enum CropPadding
{
    /// <summary>Zeros: black.</summary>
    Zeros,

    /// <summary>The image mirrored at its edge, without repeating the edge.</summary>
    Reflect,

    /// <summary>The pixels of the edge.</summary>
    Replicate,
}
