using ScottPlot;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Puts the legend into a corner that no series reaches, or below the panel where there is none.</summary>
internal static class LegendPlace
{
    private const int LongestLegend = 12, StepsOfALine = 20;
    private const float LetterWidth = 7, SymbolWidth = 45, LineHeight = 21, Border = 90;

    private static readonly (Alignment Corner, bool IsRight, bool IsTop)[] Corners =
    [
        (Alignment.UpperRight, true, true), (Alignment.UpperLeft, false, true), (Alignment.LowerRight, true, false),
        (Alignment.LowerLeft, false, false),
    ];

    /// <summary>Shows the legend of a panel, if it needs one.</summary>
    /// <param name="plot">The panel's plot, whose limits are set.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="size">Its size in pixels.</param>
    public static void Set(Plot plot, Panel panel, SKSize size)
    {
        var names = panel.Series.Where(series => series is not Cells && series.Name.Length > 0)
            .Select(series => series.Name).ToArray();
        if (names.Length is 0 or > LongestLegend || names.Length == 1 && panel.Series is [Bars or Histogram])
        {
            plot.HideLegend();
            return;
        }

        var wide = (names.Max(name => name.Length) * LetterWidth + SymbolWidth) / Math.Max(1, size.Width - Border);
        var high = (names.Length * LineHeight + SymbolWidth / 2) / Math.Max(1, size.Height - Border);
        var places = panel.Series.SelectMany(series => Places(plot, panel, series)).ToArray();
        foreach (var (corner, isRight, isTop) in Corners)
            if (!places.Any(place => (isRight ? place.X > 1 - wide : place.X < wide)
                && (isTop ? place.Y > 1 - high : place.Y < high)))
            {
                plot.ShowLegend(corner);
                return;
            }

        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }

    /// <summary>Places that a series covers, from 0 to 1 along each axis.</summary>
    private static IEnumerable<(double X, double Y)> Places(Plot plot, Panel panel, Series series)
    {
        var limits = plot.Axes.GetLimits();
        var points = series switch
        {
            Band band => band.X.Zip(band.High).Concat(band.X.Zip(band.Low)).ToArray(),
            Rule { IsVertical: true } => [],
            Rule rule => [(panel.X.Minimum ?? limits.Left, rule.At), (panel.X.Maximum ?? limits.Right, rule.At)],
            Bars bars => bars.Values.Select((value, i) => (value, -(double)i)).ToArray(),
            Histogram histogram => histogram.Edges.Zip(histogram.Counts).ToArray(),
            _ => SeriesPen.Horizontal(series).Zip(SeriesPen.Vertical(series)).ToArray(),
        };
        var places = points.Select(point => (X: Of(point.Item1, panel.X, limits.Left, limits.Right),
            Y: Of(point.Item2, panel.Y, limits.Bottom, limits.Top))).ToArray();
        if (series is Points || places.Length < 2)
            return places;
        return places.Zip(places.Skip(1)).SelectMany(pair => Enumerable.Range(0, StepsOfALine + 1).Select(step =>
            (pair.First.X + (pair.Second.X - pair.First.X) * step / StepsOfALine,
                pair.First.Y + (pair.Second.Y - pair.First.Y) * step / StepsOfALine)));
    }

    private static double Of(double value, Axis axis, double low, double high) =>
        ((axis.IsLog ? Math.Log10(value) : value) - low) / (high - low);
}
