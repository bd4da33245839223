namespace DeepPS;

/// <summary>Mean and standard deviation of numbers, missing ones (NaN) aside.</summary>
internal static class Standardization
{
    /// <summary>The mean and the deviation of the population; a deviation of 0 counts as 1.</summary>
    public static (double Mean, double Scale) Of(ReadOnlySpan<double> values)
    {
        var (count, sum) = (0L, 0.0);
        foreach (var value in values)
            if (!double.IsNaN(value))
            {
                count++;
                sum += value;
            }

        if (count == 0)
            return (0, 1);
        var mean = sum / count;
        if (!double.IsFinite(mean))
            throw TooLarge();
        var squares = 0.0;
        foreach (var value in values)
            if (!double.IsNaN(value))
                squares += (value - mean) * (value - mean);
        var scale = Math.Sqrt(squares / count);
        return (mean, scale > 0 && double.IsFinite(scale) ? scale : 1);
    }

    /// <summary>The error for numbers out of the range in which one can compute.</summary>
    public static DlException TooLarge() => new("NumberTooLarge", DlErrorKind.InvalidData,
        "A column's numbers are too large to be added up. Divide them by a power of ten.");
}
