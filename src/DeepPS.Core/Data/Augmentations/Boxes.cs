using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>A rectangle of whole pixels in each image of a batch, each number (samples), float32.</summary>
/// <param name="Top">Its first row.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Height">Its number of rows.</param>
/// <param name="Width">Its number of columns.</param>
internal readonly record struct Boxes(Tensor Top, Tensor Left, Tensor Height, Tensor Width)
{
    private const int Tries = 10;

    /// <summary>
    /// Draws rectangles by their share of the image's area and the ratio of width to height, uniform in its logarithm.
    /// The first of ten tries that lies within the image counts, as in torchvision.
    /// </summary>
    /// <param name="random">Source of random numbers.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    /// <param name="areas">The smallest and the largest share.</param>
    /// <param name="ratios">The smallest and the largest ratio.</param>
    /// <param name="otherwise">The height and width where no try lies within.</param>
    public static Boxes Draw(
        BatchRandom random, long height, long width, double[] areas, double[] ratios,
        (double Height, double Width) otherwise)
    {
        var area = random.Uniform(Tries, areas[0], areas[1]).mul(height * width);
        var ratio = random.Uniform(Tries, Math.Log(ratios[0]), Math.Log(ratios[1])).exp();
        var (heights, widths) = (area.div(ratio).sqrt().round(), area.mul(ratio).sqrt().round());
        var fits = Fits(heights, height).logical_and(Fits(widths, width)).to(ScalarType.Float32);
        var first = fits.mul(fits.cumsum(0).le(1).to(ScalarType.Float32));
        var none = first.sum([0]).neg().add(1);
        var (high, wide) = (Chosen(heights, otherwise.Height), Chosen(widths, otherwise.Width));
        return new Boxes(random.Below(high.neg().add(height + 1)), random.Below(wide.neg().add(width + 1)), high, wide);

        static Tensor Fits(Tensor lengths, long size) => lengths.ge(1).logical_and(lengths.le(size));

        Tensor Chosen(Tensor tries, double instead) => tries.mul(first).sum([0]).add(none.mul(instead));
    }

    /// <summary>A mask of the pixels within, (samples, 1, height, width), bool.</summary>
    public Tensor Cover(long height, long width)
    {
        var rows = Within(height, Top, Height).unsqueeze(2);
        return rows.logical_and(Within(width, Left, Width).unsqueeze(1)).unsqueeze(1);
    }

    private static Tensor Within(long size, Tensor start, Tensor length)
    {
        var places = arange(size, dtype: ScalarType.Float32, device: start.device).sub(start.unsqueeze(1));
        return places.ge(0).logical_and(places.lt(length.unsqueeze(1)));
    }
}
