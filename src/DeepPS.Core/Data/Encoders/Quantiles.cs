namespace DeepPS;

/// <summary>Numbers by their order.</summary>
internal static class Quantiles
{
    /// <summary>The numbers in order, without NaN.</summary>
    public static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = new double[values.Length - values.CountNaN()];
        var count = 0;
        foreach (var value in values)
            if (!double.IsNaN(value))
                sorted[count++] = value;
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The number below which a share of them lies, on the line between two neighbours, as NumPy's percentile.</summary>
    public static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : double.Lerp(sorted[below], sorted[below + 1], place - below);
    }
}
