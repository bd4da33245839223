namespace DeepPS.Data;

/// <summary>How values are spread, as a line of blocks such as <c>▁▂▅█▇▃</c>: one a bin, the fullest as high as the line.</summary>
public static class TextHistogram
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";

    /// <summary>How many values, evenly taken, tell where the bulk of them lies.</summary>
    private const int Sample = 10_000;

    /// <summary>Values further from the quartiles than so many times their distance count in the end bins (Tukey 1977: far out).</summary>
    private const double Fence = 3;

    /// <summary>Counts numbers in bins of one width over the range where they lie.</summary>
    /// <param name="values">The numbers; what is not finite is left out.</param>
    /// <param name="bins">How many bins, at least 1. Whole numbers get no more bins than there are numbers in their range.</param>
    /// <returns>One block a bin, a space where it is empty; one full block where all values are the same; "" for no values.</returns>
    /// <remarks>A few values far out do not squeeze the others into one bin: they count in the first and the last.</remarks>
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

    /// <summary>Draws how often each level of a category occurs.</summary>
    /// <param name="counts">How often, by level.</param>
    /// <param name="bars">How many bars at most; of more levels the most frequent ones are drawn, and an ellipsis follows.</param>
    /// <returns>One block a level, in the order of the levels, a space where it does not occur.</returns>
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
