using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Changes brightness, contrast, saturation and hue of images, each by a random amount.</summary>
/// <remarks>
/// torchvision's <c>ColorJitter</c> and its formulas, in this order. Saturation and hue of grey images do not change.
/// </remarks>
[CatalogEntry("ColorJitter", "ColourJitter")]
public sealed record ColorJitter : ColourAugmentation
{
    /// <summary>Largest difference of the brightness factor from 1.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Brightness { get; init; }

    /// <summary>Largest difference of the contrast factor from 1.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Contrast { get; init; }

    /// <summary>Largest difference of the saturation factor from 1.</summary>
    [Setting(Position = 2, Minimum = 0)]
    public double Saturation { get; init; }

    /// <summary>Largest shift of hues, as a share of the colour circle.</summary>
    [Setting(Position = 3, Minimum = 0, Maximum = 0.5)]
    public double Hue { get; init; }

    private protected override string? RefusesShape(Shape image) =>
        Brightness == 0 && Contrast == 0 && Saturation == 0 && Hue == 0
            ? "changes nothing: set Brightness, Contrast, Saturation or Hue" : base.RefusesShape(image);

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var coloured = images.shape[1] == 3;
        List<Func<Tensor, Tensor>> changes = [];
        if (Brightness > 0)
            changes.Add(With(Factor(Brightness), Colour.Brightness));
        if (Contrast > 0)
            changes.Add(With(Factor(Contrast), Colour.Contrast));
        if (Saturation > 0 && coloured)
            changes.Add(With(Factor(Saturation), Colour.Saturation));
        if (Hue > 0 && coloured)
            changes.Add(With(random.Around(0, Hue), Colour.Hue));
        return batch => changes.Aggregate(batch, (changed, change) => change(changed));

        Tensor Factor(double distance) => random.Uniform(Math.Max(0, 1 - distance), 1 + distance);

        static Func<Tensor, Tensor> With(Tensor amount, Func<Tensor, Tensor, Tensor> change) => batch =>
            change(batch, amount);
    }
}
