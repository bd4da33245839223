namespace DeepPS.Data;

/// <summary>Numbers by their order. They are counted and not sorted, which takes no memory however many there are.</summary>
internal static class Quantiles
{
    private const int KeyBits = 64;
    private const ulong Sign = 1UL << (KeyBits - 1);

    /// <summary>How many bits of a number are looked at in one way through all of them.</summary>
    private const int BitsAtOnce = 11;

    /// <summary>
    /// The numbers below which shares of them lie, on the line between two neighbours, as NumPy's percentile; NaN is none of them.
    /// Nothing where there is no number.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> values, params ReadOnlySpan<double> shares)
    {
        var count = values.Length - values.CountNaN();
        var quantiles = new double[count == 0 ? 0 : shares.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            var place = shares[i] * (count - 1);
            var below = (int)place;
            quantiles[i] = below + 1 >= count ? At(values, count - 1) : double.Lerp(At(values, below), At(values, below + 1), place - below);
        }

        return quantiles;
    }

    /// <summary>The number at a place in the order, from 0: bit by bit, those numbers are counted that begin as it does.</summary>
    private static double At(ReadOnlySpan<double> values, int place)
    {
        var counts = new int[1 << BitsAtOnce];
        var (known, shift) = (0UL, KeyBits);
        while (shift > 0)
        {
            var (above, bits) = (shift, Math.Min(BitsAtOnce, shift));
            shift -= bits;
            Array.Clear(counts);
            foreach (var value in values)
                if (Key(value) is var key && (above == KeyBits || key >> above == known) && !double.IsNaN(value))
                    counts[(key >> shift) & ((1UL << bits) - 1)]++;
            var next = 0;
            while (place >= counts[next])
                place -= counts[next++];
            known = known << bits | (uint)next;
        }

        return BitConverter.UInt64BitsToDouble((known & Sign) == 0 ? ~known : known ^ Sign);
    }

    /// <summary>A number's bits in the order of numbers: those of the negative ones run the other way.</summary>
    private static ulong Key(double value)
    {
        // Adding 0 makes one zero of the two.
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits & Sign) == 0 ? bits | Sign : ~bits;
    }
}
