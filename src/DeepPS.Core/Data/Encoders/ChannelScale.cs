using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How the bytes of each channel, or of each pixel, of an image are standardised: (b / 255 - mean) / deviation.
/// </summary>
/// <param name="Mean">The mean of each channel or pixel, where a byte b counts as b / 255.</param>
/// <param name="Deviation">The deviation of each channel or pixel, likewise; above 0.</param>
internal sealed record ChannelScale(double[] Mean, double[] Deviation)
{
    private const int RowsAtOnce = 128;

    /// <summary>
    /// Mean and deviation of ImageNet, which torchvision's models are trained with; grey images use the averages.
    /// </summary>
    private static readonly ChannelScale ImageNet = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    private static readonly ChannelScale ImageNetGrey = new([0.449], [0.226]);

    /// <summary>
    /// The sizes of a tensor of the numbers that broadcasts over images: (channels, 1, 1), or those of an image if each
    /// pixel has its own.
    /// </summary>
    public long[] Sizes { get; init; } = [-1, 1, 1];

    /// <summary>The factor of a byte, per channel or pixel; <see cref="Shifts"/> is then added.</summary>
    public float[] Factors { get; } =
        Array.ConvertAll(Deviation, deviation => (float)(1 / (byte.MaxValue * deviation)));

    /// <summary>The offset after multiplication, per channel or pixel.</summary>
    public float[] Shifts { get; } = Mean.Zip(Deviation, (mean, deviation) => (float)(-mean / deviation)).ToArray();

    /// <summary>Describes means and deviations.</summary>
    public string Description => HasPixels
        ? FormattableString.Invariant($"by pixel (means from {Mean.Min():0.###} to {Mean.Max():0.###})")
        : $"by channel (mean {InWords(Mean)}, deviation {InWords(Deviation)})";

    private bool HasPixels => Sizes[0] > 0;

    /// <summary>The scale for training images; null: bytes as 0 to 1.</summary>
    /// <exception cref="DlException">
    /// <c>InvalidNormalization</c>: ImageNet's is for images of 1 or 3 channels.
    /// </exception>
    public static ChannelScale? Of(ImageNormalization normalization, Column train) =>
        (normalization, ((IImages)train).Shape[0]) switch
        {
            (ImageNormalization.Data, _) => Measured((IImages)train, train.Count),
            (ImageNormalization.Pixel, _) => PixelStatistics.Of((IImages)train, train.Count),
            (ImageNormalization.ImageNet, 3) => ImageNet,
            (ImageNormalization.ImageNet, 1) => ImageNetGrey,
            (ImageNormalization.ImageNet, var channels) => throw new DlException("InvalidNormalization",
                DlErrorKind.InvalidArgument, "Normalization ImageNet is for images of 1 or 3 channels; these have "
                + $"{channels}. Use Normalization Data, which measures the images.", train.Name),
            _ => null,
        };

    /// <summary>Numbers from 0 to 1 of standardised images, one image after the other.</summary>
    /// <param name="numbers">The standardised numbers.</param>
    /// <param name="images">The number of images.</param>
    public double[] Undo(double[] numbers, int images)
    {
        var part = numbers.Length / images / Mean.Length;
        return numbers.Select((number, i) =>
            number * Deviation[i / part % Mean.Length] + Mean[i / part % Mean.Length]).ToArray();
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["mean"] = Write(Mean), ["deviation"] = Write(Deviation) };
        if (HasPixels)
            json["shape"] = ShapeJson.Write(new Shape(Sizes));
        return json;
    }

    public static ChannelScale From(JsonNode json)
    {
        var scale = new ChannelScale(Read(json["mean"]!), Read(json["deviation"]!));
        return json["shape"] is { } shape ? scale with { Sizes = ShapeJson.Read(shape).ToArray() } : scale;
    }

    /// <summary>
    /// Counts how often each byte occurs, so that the sums are exact. A constant channel gets deviation 1.
    /// </summary>
    private static ChannelScale Measured(IImages train, int rows)
    {
        var (channels, plane) = ((int)train.Shape[0], (int)(train.Shape.Size / train.Shape[0]));
        var counts = new long[channels, byte.MaxValue + 1];
        for (var row = 0; row < rows; row += RowsAtOnce)
        {
            var pixels = train.Some(row, Math.Min(RowsAtOnce, rows - row)).Span;
            for (var first = 0; first < pixels.Length; first += plane)
                foreach (var value in pixels.Slice(first, plane))
                    counts[first / plane % channels, value]++;
        }

        double[] mean = new double[channels], deviation = new double[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var own = Enumerable.Range(0, byte.MaxValue + 1)
                .Select(value => (Count: counts[channel, value], Value: value / 255.0)).ToArray();
            var total = (double)rows * plane;
            mean[channel] = own.Sum(pair => pair.Count * pair.Value) / total;
            var variance = own.Sum(pair => pair.Count * Math.Pow(pair.Value - mean[channel], 2)) / total;
            deviation[channel] = variance > 0 ? Math.Sqrt(variance) : 1;
        }

        return new ChannelScale(mean, deviation);
    }

    private static string InWords(double[] values) =>
        string.Join(" ", values.Select(value => FormattableString.Invariant($"{value:0.###}")));

    private static JsonArray Write(double[] values) => new(values.Select(value => (JsonNode)value).ToArray());

    private static double[] Read(JsonNode json) => json.AsArray().Select(value => (double)value!).ToArray();
}
