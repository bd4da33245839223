using System.Numerics;
using System.Runtime.CompilerServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Mean and standard deviation of numbers, without missing ones (NaN).</summary>
internal static class Standardization
{
    /// <summary>The mean and the population's standard deviation; a deviation of 0 counts as 1.</summary>
    public static (double Mean, double Scale) Of(ReadOnlySpan<double> values)
    {
        var count = (long)values.Length - values.CountNaN();
        var sum = SumOf(values, new Plain());
        if (count == 0)
            return (0, 1);
        var mean = sum / count;
        if (!double.IsFinite(mean))
            throw TooLarge();
        var scale = Math.Sqrt(SumOf(values, new SquaredDistance(mean)) / count);
        return (mean, scale > 0 && double.IsFinite(scale) ? scale : 1);
    }

    /// <summary>The sum of a function of the numbers, vectorised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOf<T>(ReadOnlySpan<double> values, T function)
        where T : struct, ITerm
    {
        var sums = Vector<double>.Zero;
        var at = 0;
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var value = Vector.Create(values[at..]);
            var isNumber = Vector.Equals(value, value).As<long, double>();
            sums += Vector.ConditionalSelect(isNumber, function.Of(value), Vector<double>.Zero);
        }

        var sum = Vector.Sum(sums);
        for (; at < values.Length; at++)
            if (!double.IsNaN(values[at]))
                sum += function.Of(Vector.Create(values[at]))[0];
        return sum;
    }

    private interface ITerm
    {
        Vector<double> Of(Vector<double> value);
    }

    private readonly struct Plain : ITerm
    {
        public Vector<double> Of(Vector<double> value) => value;
    }

    private readonly struct SquaredDistance(double mean) : ITerm
    {
        public Vector<double> Of(Vector<double> value)
        {
            var distance = value - new Vector<double>(mean);
            return distance * distance;
        }
    }

    /// <summary>The error for numbers whose sum overflows.</summary>
    public static DlException TooLarge() => new("NumberTooLarge", DlErrorKind.InvalidData,
        "A column's numbers are too large to add up. Divide them by a power of ten.");
}
