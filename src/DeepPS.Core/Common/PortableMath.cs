namespace DeepPS.Common;

/// <summary>Logarithm, exponential, sine and cosine from only additions, multiplications and divisions. Those give the
/// same bits on every machine; the C library's functions used by <see cref="Math"/> do not.</summary>
internal static class PortableMath
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>The natural logarithm of a normal number above 0: ln m = 2 artanh((m - 1) / (m + 1)) of its
    /// mantissa.</summary>
    public static double Log(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var ratio = (mantissa - 1) / (mantissa + 1);
        var square = ratio * ratio;
        var sum = 0.0;
        for (var k = 21; k >= 1; k -= 2)
            sum = sum * square + 1.0 / k;
        return exponent * Ln2 + 2 * ratio * sum;
    }

    /// <summary>The exponential: 2^n times Taylor's series of the rest.</summary>
    public static double Exp(double x)
    {
        var n = Math.Round(x / Ln2);
        var rest = x - n * Ln2;
        var sum = 1.0;
        for (var k = 16; k >= 1; k--)
            sum = 1 + rest * sum / k;
        return Math.ScaleB(sum, (int)n);
    }

    /// <summary>Sine and cosine of an angle in full turns: Taylor's series within an eighth of a turn, then by
    /// symmetry.</summary>
    public static (double Sine, double Cosine) SinCosOfTurn(double turns)
    {
        turns -= Math.Floor(turns);
        var quarter = (int)Math.Round(turns * 4);
        var angle = (turns - quarter / 4.0) * (2 * Math.PI);
        var square = angle * angle;
        double sine = 1, cosine = 1;
        for (var k = 16; k >= 2; k -= 2)
        {
            sine = 1 - square / (k * (k + 1)) * sine;
            cosine = 1 - square / (k * (k - 1)) * cosine;
        }

        sine *= angle;
        return (quarter & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
