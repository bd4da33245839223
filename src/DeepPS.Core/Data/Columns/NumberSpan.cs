using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepPS.Data;

/// <summary>Statistics of many numbers, where NaN marks missing ones.</summary>
internal static class NumberSpan
{
    /// <summary>Counts the NaN values.</summary>
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

    /// <summary>The smallest and the largest number; null where all are missing.</summary>
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

    /// <summary>Converts each value.</summary>
    public static TTo[] Convert<TFrom, TTo>(this ReadOnlySpan<TFrom> values, Func<TFrom, TTo> convert)
    {
        var converted = new TTo[values.Length];
        for (var i = 0; i < converted.Length; i++)
            converted[i] = convert(values[i]);
        return converted;
    }
}
