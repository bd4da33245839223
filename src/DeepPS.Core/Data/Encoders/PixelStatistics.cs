namespace DeepPS.Data;

/// <summary>Measures each pixel of images.</summary>
internal static class PixelStatistics
{
    private const int RowsAtOnce = 128;

    /// <summary>Mean and deviation of each pixel of each channel; the sums are of whole numbers, so exact. A constant
    /// pixel gets deviation 1.</summary>
    /// <param name="train">The training images.</param>
    /// <param name="rows">Their number.</param>
    public static ChannelScale Of(IImages train, int rows)
    {
        var size = (int)train.Shape.Size;
        long[] sums = new long[size], squares = new long[size];
        for (var row = 0; row < rows; row += RowsAtOnce)
        {
            var pixels = train.Some(row, Math.Min(RowsAtOnce, rows - row)).Span;
            for (var first = 0; first < pixels.Length; first += size)
                for (var i = 0; i < size; i++)
                {
                    long value = pixels[first + i];
                    sums[i] += value;
                    squares[i] += value * value;
                }
        }

        double[] mean = new double[size], deviation = new double[size];
        var count = (double)Math.Max(1, rows);
        for (var i = 0; i < size; i++)
        {
            mean[i] = sums[i] / count / byte.MaxValue;
            var spread = (Int128)rows * squares[i] - (Int128)sums[i] * sums[i];
            deviation[i] = spread > 0 ? Math.Sqrt((double)spread) / count / byte.MaxValue : 1;
        }

        return new ChannelScale(mean, deviation) { Sizes = train.Shape.ToArray() };
    }
}
