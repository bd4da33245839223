namespace DeepPS.Data;

/// <summary>
/// The pixels of a line that make up each pixel of a scaled one, and their weights: a triangle as wide as the scale, so
/// that reducing averages (PIL's antialiased bilinear filter).
/// </summary>
internal sealed class ScalingFilter
{
    private float[] weights = [];
    private (int First, int Count)[] ranges = [];
    private int width;

    /// <summary>The first pixel with a weight.</summary>
    public int Start { get; private set; }

    /// <summary>The pixel after the last with a weight.</summary>
    public int End { get; private set; }

    /// <summary>Computes the weights of some pixels of the scaled line.</summary>
    /// <param name="size">The number of pixels of the line.</param>
    /// <param name="scaled">The number of pixels of the scaled line.</param>
    /// <param name="first">The first pixel of the scaled line to compute.</param>
    /// <param name="count">The number of pixels to compute.</param>
    public void Fit(int size, long scaled, long first, int count)
    {
        var scale = (double)size / scaled;
        var spread = Math.Max(scale, 1);
        width = (int)Math.Ceiling(spread) * 2 + 1;
        if (weights.Length < (long)width * count)
            weights = new float[(long)width * count];
        if (ranges.Length < count)
            ranges = new (int, int)[count];
        for (var i = 0; i < count; i++)
        {
            var center = (first + i + 0.5) * scale;
            var from = Math.Max(0, (int)(center - spread + 0.5));
            var to = Math.Min(size, (int)(center + spread + 0.5));
            ranges[i] = (from, to - from);
            Weigh(weights.AsSpan(i * width, to - from), from - center + 0.5, spread);
        }

        (Start, End) = (ranges[0].First, ranges[count - 1].First + ranges[count - 1].Count);
    }

    /// <summary>The weights of a pixel's neighbours, from the first.</summary>
    public ReadOnlySpan<float> Of(int pixel, out int first)
    {
        (first, var count) = ranges[pixel];
        return weights.AsSpan(pixel * width, count);
    }

    private static void Weigh(Span<float> weights, double distance, double spread)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] = (float)Math.Max(0, 1 - Math.Abs((distance + i) / spread));
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)(weights[i] / sum);
    }
}
