using System.Numerics;

namespace DeepPS.Common;

/// <summary>Random numbers that are the same on every machine and in every version: xoshiro256** (Blackman and Vigna,
/// Scrambled linear pseudorandom number generators, 2021), its state filled from the seed by splitmix64 (Steele, Lea
/// and Flood 2014).</summary>
internal sealed class SeededRandom
{
    private ulong a, b, c, d;
    private double? spare;

    public SeededRandom(long seed)
    {
        var state = (ulong)seed;
        a = SplitMix.Next(ref state);
        b = SplitMix.Next(ref state);
        c = SplitMix.Next(ref state);
        d = SplitMix.Next(ref state);
    }

    /// <summary>A number from 0 to 1, exclusive.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in a range.</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>A whole number from 0 to a bound, exclusive, without bias (Lemire 2019).</summary>
    public int Below(int bound)
    {
        var threshold = (0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(NextBits(), (ulong)bound, out var low);
            if (low >= threshold)
                return (int)high;
        }
    }

    /// <summary>A normally distributed number of mean 0 and deviation 1: the method of Box and Muller (1958).</summary>
    public double Normal()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        var radius = Math.Sqrt(-2 * PortableMath.Log(1 - Uniform()));
        var (sine, cosine) = PortableMath.SinCosOfTurn(Uniform());
        spare = radius * sine;
        return radius * cosine;
    }

    /// <summary>Shuffles items (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong NextBits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }
}
