using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Scales numbers: (f(value) - centre) / size, where f is the logarithm or the identity.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Center">The number that becomes 0.</param>
/// <param name="Size">The distance from it that becomes 1.</param>
internal sealed record NumberScale(Scaling Kind, double Center, double Size)
{
    /// <summary>Describes the scale.</summary>
    public string Description => Kind switch
    {
        Scaling.Standard => FormattableString.Invariant($"standardised (mean {Center:G6}, deviation {Size:G6})"),
        Scaling.MinMax => FormattableString.Invariant($"from 0 to 1 ({Center:G6} to {Center + Size:G6})"),
        Scaling.Robust => FormattableString.Invariant($"by its quartiles (median {Center:G6}, {Size:G6} between them)"),
        Scaling.Log => FormattableString.Invariant($"logarithm, standardised (mean {Center:G6}, deviation {Size:G6})"),
        _ => "as it is",
    };

    /// <summary>Fits the scale to values; NaN does not count. Where all are the same, the size is 1.</summary>
    /// <remarks>scikit-learn's StandardScaler, MinMaxScaler and RobustScaler.</remarks>
    /// <exception cref="DlException"><c>NumberTooLarge</c>.</exception>
    public static NumberScale Fit(Scaling kind, ColumnStore<double> values)
    {
        var (center, size) = kind switch
        {
            Scaling.Standard => Standardization.Of(values.Span),
            Scaling.Log => Standardization.Of(values.Convert(Log).Span),
            Scaling.MinMax when values.Span.Range() is var (least, most) => (least, most - least),
            Scaling.Robust when Quantiles.Of(values.Span, 0.25, 0.5, 0.75) is [var lower, var median, var upper] =>
                (median, upper - lower),
            _ => (0, 1),
        };
        GC.KeepAlive(values);
        if (!double.IsFinite(size))
            throw Standardization.TooLarge();
        return new NumberScale(kind, center, size > 0 ? size : 1);
    }

    /// <summary>The scaled number.</summary>
    public float Of(double value) => (float)(((Kind is Scaling.Log ? Log(value) : value) - Center) / Size);

    private static double Log(double value) => double.CopySign(double.LogP1(Math.Abs(value)), value);
}
