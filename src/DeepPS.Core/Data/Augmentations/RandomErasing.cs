using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Erases a rectangle of random size and place from images at random.</summary>
/// <remarks>
/// torchvision's <c>RandomErasing</c>, from Zhong and others, Random Erasing Data Augmentation (2020).
/// </remarks>
[CatalogEntry("RandomErasing", "Erasing", "Cutout")]
public sealed record RandomErasing : ImageAugmentation
{
    /// <summary>Probability that a rectangle is erased from an image.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public override double Probability { get; init; } = 0.5;

    /// <summary>Smallest and largest share of the image's area to erase.</summary>
    [Setting(Position = 1)]
    public double[] Scale { get; init; } = [0.02, 0.33];

    /// <summary>Smallest and largest ratio of the rectangle's height to its width.</summary>
    [Setting(Position = 2)]
    public double[] Ratio { get; init; } = [0.3, 3.3];

    /// <summary>Value of erased pixels: 0 is black, 1 white.</summary>
    [Setting]
    public double Value { get; init; }

    /// <summary>Whether each erased pixel gets a random number from 0 to 1 instead of the value.</summary>
    [Setting]
    public bool Random { get; init; }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        RangeSetting.CheckPositive(this, nameof(Scale), Scale, largest: 1);
        RangeSetting.CheckPositive(this, nameof(Ratio), Ratio);
    }

    private protected override bool Moves => false;

    /// <summary>
    /// Overwrites boxes of images (samples, channels, height, width): torchvision's <c>functional.erase</c>.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="boxes">The boxes to erase.</param>
    /// <param name="instead">The new values: one number, or one for each place of the images.</param>
    internal static Tensor Erase(Tensor images, Boxes boxes, Tensor instead) =>
        where(boxes.Cover(images.shape[2], images.shape[3]), instead, images);

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var boxes = Boxes.Draw(random, images.shape[2], images.shape[3], Scale, [1 / Ratio[1], 1 / Ratio[0]],
            otherwise: (0, 0));
        return batch => Erase(batch, boxes, Random ? random.Uniform(batch) : full_like(batch.narrow(0, 0, 1), Value));
    }
}
