using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Data;

/// <summary>Crops a random part of random size from images and resizes it to the images' size.</summary>
/// <remarks>
/// torchvision's <c>RandomResizedCrop</c>, from Szegedy and others, Going Deeper with Convolutions (2015).
/// </remarks>
[CatalogEntry("RandomResizedCrop", "ResizedCrop")]
public sealed record RandomResizedCrop : ImageAugmentation
{
    /// <summary>Smallest and largest share of the image's area to crop.</summary>
    [Setting(Position = 0)]
    public double[] Scale { get; init; } = [0.08, 1];

    /// <summary>Smallest and largest ratio of the crop's width to its height.</summary>
    [Setting(Position = 1)]
    public double[] Ratio { get; init; } = [3.0 / 4, 4.0 / 3];

    /// <summary>How values between pixels are interpolated.</summary>
    [Setting]
    public Resampling Interpolation { get; init; } = Resampling.Bilinear;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        RangeSetting.CheckPositive(this, nameof(Scale), Scale, largest: 1);
        RangeSetting.CheckPositive(this, nameof(Ratio), Ratio);
    }

    private protected override bool Moves => true;

    /// <summary>
    /// Crops boxes from images and resizes them to the images' size: torchvision's <c>functional.resized_crop</c>.
    /// </summary>
    /// <param name="images">(samples, channels, height, width).</param>
    /// <param name="boxes">The boxes to crop.</param>
    internal Tensor Crop(Tensor images, Boxes boxes)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var (rows, columns) = (Lines(height, boxes.Top, boxes.Height), Lines(width, boxes.Left, boxes.Width));
        var grid = stack([columns.unsqueeze(1).expand(-1, height, -1), rows.unsqueeze(2).expand(-1, -1, width)], 3);
        return F.grid_sample(images, grid, Interpolation.Torchs(), GridSamplePaddingMode.Border, align_corners: false);
    }

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var boxes = Boxes.Draw(random, height, width, Scale, Ratio, Largest(height, width));
        return batch => Crop(batch, boxes);
    }

    /// <summary>The largest part of an image that has a ratio of the range.</summary>
    private (double Height, double Width) Largest(double height, double width) =>
        width / height < Ratio[0] ? (Math.Max(1, Math.Round(width / Ratio[0])), width)
        : width / height > Ratio[1] ? (height, Math.Max(1, Math.Round(height * Ratio[1])))
        : (height, width);

    /// <summary>Coordinates in the image of the resized part's lines, from -1 to 1, (samples, size).</summary>
    private Tensor Lines(long size, Tensor start, Tensor length)
    {
        var places = arange(size, dtype: ScalarType.Float32, device: start.device).unsqueeze(0);
        var (first, count) = (start.unsqueeze(1), length.unsqueeze(1));
        // Interpolation stays within the part. The nearest pixel is the one that the line's beginning lies in.
        var within = Interpolation == Resampling.Bilinear
            ? places.add(0.5).mul(count).div(size).sub(0.5).clamp_min(0).min(count.sub(1))
            : places.mul(count).div(size).floor();
        return within.add(first).mul(2).add(1).div(size).sub(1);
    }
}
