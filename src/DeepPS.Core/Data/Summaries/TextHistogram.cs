namespace DeepPS.Data;

/// <summary>
/// A histogram as a line of blocks such as <c>▁▂▅█▇▃</c>: one per bin, the largest as high as the line.
/// </summary>
public static class TextHistogram
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";

    /// <summary>The number of evenly spaced values that locate the bulk of all.</summary>
    private const int Sample = 10_000;

    /// <summary>
    /// Values further from the quartiles than this many times their distance count in the end bins (Tukey 1977: far
    /// out).
    /// </summary>
    private const double Fence = 3;

    /// <summary>Counts numbers in bins of equal width over their range.</summary>
    /// <param name="values">The numbers; those that are not finite are left out.</param>
    /// <param name="bins">
    /// The number of bins, at least 1. Whole numbers get no more bins than their range has numbers.
    /// </param>
    /// <returns>
    /// One block per bin, a space where it is empty; one full block where all values are the same; "" for no values.
    /// </returns>
    /// <remarks>Outliers do not squeeze the other values into one bin: they count in the first and the last.</remarks>
    public static string Of(ReadOnlySpan<double> values, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (!Extent(values, out var low, out var high, out var whole))
            return "";
        Narrow(values, whole, ref low, ref high);
        if (whole && high - low < bins)
            (bins, low, high) = ((int)(high - low) + 1, low - 0.5, high + 0.5);

        var counts = new int[bins];
        var scale = bins / (high - low);
        foreach (var value in values)
            if (double.IsFinite(value))
                counts[high > low ? (int)Math.Clamp((value - low) * scale, 0, bins - 1) : 0]++;
        return Draw(high > low ? counts : [values.Length]);
    }

    /// <summary>Draws the frequency of each level of a category.</summary>
    /// <param name="counts">The frequency of each level.</param>
    /// <param name="bars">
    /// The largest number of bars; of more levels the most frequent ones are drawn, followed by an ellipsis.
    /// </param>
    /// <returns>One block per level, in the order of the levels, a space where it does not occur.</returns>
    public static string OfLevels(ReadOnlySpan<int> counts, int bars = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        if (counts.Length <= bars)
            return Draw(counts);
        var all = counts.ToArray();
        var most = Enumerable.Range(0, all.Length).OrderByDescending(level => all[level]).Take(bars).Order();
        return Draw(most.Select(level => all[level]).ToArray()) + "…";
    }

    private static string Draw(ReadOnlySpan<int> counts)
    {
        var text = new char[counts.Length];
        long most = 1;
        foreach (var count in counts)
            most = Math.Max(most, count);
        for (var i = 0; i < counts.Length; i++)
            text[i] = Blocks[(int)((counts[i] * (Blocks.Length - 1L) + most - 1) / most)];
        return new string(text);
    }

    private static bool Extent(ReadOnlySpan<double> values, out double low, out double high, out bool whole)
    {
        (low, high, whole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            whole &= value == Math.Floor(value);
        }

        return low <= high;
    }

    /// <summary>Cuts the range at the fences around the quartiles, where these differ.</summary>
    private static void Narrow(ReadOnlySpan<double> values, bool whole, ref double low, ref double high)
    {
        var some = new List<double>();
        for (var i = 0L; i < values.Length; i += Math.Max(1, values.Length / Sample))
            if (double.IsFinite(values[(int)i]))
                some.Add(values[(int)i]);
        if (some.Count == 0)
            return;
        some.Sort();
        var (lower, upper) = (some[some.Count / 4], some[some.Count * 3 / 4]);
        var reach = Fence * (upper - lower);
        if (whole)
            reach = Math.Ceiling(reach);
        if (!(reach > 0) || !double.IsFinite(reach))
            return;
        low = Math.Max(low, lower - reach);
        high = Math.Min(high, upper + reach);
    }
}
