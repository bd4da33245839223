using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepPS.Data;

/// <summary>What is asked of many numbers, NaN standing for none.</summary>
internal static class NumberSpan
{
    /// <summary>How many there are of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int CountNaN(this ReadOnlySpan<double> values)
    {
        var present = Vector<long>.Zero;
        var at = 0;
        for (; at <= values.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var value = Vector.Create(values[at..]);
            present -= Vector.Equals(value, value);
        }

        var count = at - (int)Vector.Sum(present);
        for (; at < values.Length; at++)
            if (double.IsNaN(values[at]))
                count++;
        return count;
    }

    /// <summary>The smallest and the largest number; null where there is none.</summary>
    public static (double Least, double Most)? Range(this ReadOnlySpan<double> values)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value < least)
                least = value;
            if (value > most)
                most = value;
        }

        return least <= most ? (least, most) : null;
    }

    /// <summary>Each value made another.</summary>
    public static TTo[] Convert<TFrom, TTo>(this ReadOnlySpan<TFrom> values, Func<TFrom, TTo> convert)
    {
        var converted = new TTo[values.Length];
        for (var i = 0; i < converted.Length; i++)
            converted[i] = convert(values[i]);
        return converted;
    }
}
