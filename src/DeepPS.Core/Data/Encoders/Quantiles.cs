namespace DeepPS.Data;

/// <summary>Quantiles by counting, without sorting: the memory does not depend on the number of values.</summary>
internal static class Quantiles
{
    private const int KeyBits = 64;
    private const ulong Sign = 1UL << (KeyBits - 1);

    /// <summary>The bits of the numbers used in one pass over all of them.</summary>
    private const int BitsAtOnce = 11;

    /// <summary>
    /// The quantiles, interpolated linearly between neighbours as NumPy's percentile; NaN does not count. Empty where
    /// there is no number.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> values, params ReadOnlySpan<double> shares)
    {
        var count = values.Length - values.CountNaN();
        var quantiles = new double[count == 0 ? 0 : shares.Length];
        for (var i = 0; i < quantiles.Length; i++)
        {
            var place = shares[i] * (count - 1);
            var below = (int)place;
            quantiles[i] = below + 1 >= count ? At(values, count - 1)
                : double.Lerp(At(values, below), At(values, below + 1), place - below);
        }

        return quantiles;
    }

    /// <summary>
    /// The number at a place in the order, from 0: counts the numbers with the same leading bits, a few bits at a time.
    /// </summary>
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

    /// <summary>A number's bits in the order of the numbers: those of negative numbers are inverted.</summary>
    private static ulong Key(double value)
    {
        // Adding 0 turns -0 into 0.
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits & Sign) == 0 ? bits | Sign : ~bits;
    }
}
