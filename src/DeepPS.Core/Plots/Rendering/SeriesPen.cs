using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Adds series to a plot.</summary>
internal sealed class SeriesPen(Plot plot, Panel panel, Palette palette)
{
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp];

    private const byte BandAlpha = 60, BarAlpha = 150;

    /// <summary>Skia's colour as ScottPlot's.</summary>
    public static Color Of(SKColor colour, byte alpha = byte.MaxValue) =>
        new(colour.Red, colour.Green, colour.Blue, alpha);

    /// <summary>The values of a series along the horizontal axis.</summary>
    public static IEnumerable<double> Horizontal(Series series) => series switch
    {
        Line line => line.X,
        Points points => points.X,
        Band band => band.X,
        Histogram histogram => histogram.Edges,
        Bars bars => bars.Values,
        Rule { IsVertical: true } rule => [rule.At],
        _ => [],
    };

    /// <summary>The values of a series along the vertical axis.</summary>
    public static IEnumerable<double> Vertical(Series series) => series switch
    {
        Line line => line.Y,
        Points points => points.Y,
        Band band => band.Low.Concat(band.High),
        Histogram histogram => histogram.Counts,
        Rule { IsVertical: false } rule => [rule.At],
        _ => [],
    };

    /// <summary>Adds a series.</summary>
    public void Add(Series series)
    {
        switch (series)
        {
            case Line line:
                Add(line);
                break;
            case Points points:
                var single = plot.Add.ScatterPoints(X(points.X), Y(points.Y), Of(palette[points.Colour]));
                single.LegendText = points.Name;
                single.MarkerSize = points.Size;
                // Beyond the colours of the palette, shapes differ.
                single.MarkerShape = Shapes[points.Colour / palette.Colours.Count % Shapes.Length];
                foreach (var (i, label) in points.Labels.Index())
                {
                    var text = plot.Add.Text(label, single.Data.GetScatterPoints()[i]);
                    (text.LabelFontSize, text.LabelFontColor, text.OffsetX) = (11, Of(palette.Ink), 5);
                    text.LabelAlignment = Alignment.MiddleLeft;
                }

                break;
            case Band band:
                var area = plot.Add.FillY(X(band.X), Y(band.Low), Y(band.High));
                (area.FillColor, area.LineWidth, area.MarkerSize) = (Of(palette[band.Colour], BandAlpha), 0, 0);
                area.LegendText = band.Name;
                break;
            case Histogram histogram:
                Add(histogram);
                break;
            case Bars bars:
                Add(bars);
                break;
            case Cells cells:
                Add(cells);
                break;
            case Rule rule:
                Add(rule);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(series), series, null);
        }
    }

    private void Add(Line line)
    {
        var scatter = plot.Add.ScatterLine(X(line.X), Y(line.Y), Of(palette[line.Colour]));
        (scatter.LineWidth, scatter.LegendText) = (2, line.Name);
        if (line.IsDashed)
            scatter.LinePattern = LinePattern.Dashed;
        else if (line.Colour >= palette.Colours.Count)
            scatter.LinePattern = LinePattern.DenselyDashed;
        // One point, such as a run of one epoch, would be no line.
        if (line.X.Count == 1)
            (scatter.MarkerSize, scatter.MarkerShape, scatter.MarkerColor) =
                (7, MarkerShape.FilledCircle, Of(palette[line.Colour]));
    }

    private void Add(Histogram histogram)
    {
        var edges = X(histogram.Edges);
        var (x, low, high) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            x.AddRange([edges[i], edges[i + 1]]);
            high.AddRange([histogram.Counts[i], histogram.Counts[i]]);
            low.AddRange([0, 0]);
        }

        var area = plot.Add.FillY(x.ToArray(), low.ToArray(), high.ToArray());
        (area.FillColor, area.LineWidth, area.MarkerSize) = (Of(palette[histogram.Colour], BarAlpha), 0, 0);
        area.LegendText = histogram.Name;
    }

    private void Add(Bars bars)
    {
        var drawn = bars.Values.Select((value, i) => new Bar
        {
            Position = -i,
            Value = double.IsFinite(value) ? value : 0,
            FillColor = Of(palette[bars.Colour]),
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
        }).ToArray();
        plot.Add.Bars(drawn).LegendText = panel.Series.Count > 1 ? bars.Name : "";
        foreach (var (i, deviation) in bars.Deviations.Index())
            if (double.IsFinite(deviation) && double.IsFinite(bars.Values[i]))
            {
                var error = plot.Add.Line(bars.Values[i] - deviation, -i, bars.Values[i] + deviation, -i);
                (error.LineColor, error.LineWidth, error.MarkerSize) = (Of(palette.Ink), 1.5f, 0);
            }
    }

    private void Add(Cells cells)
    {
        for (var row = 0; row < cells.Rows.Count; row++)
            for (var column = 0; column < cells.Columns.Count; column++)
            {
                var colour = palette.Shade(cells.Shades[row][column]);
                var cell = plot.Add.Rectangle(column - 0.5, column + 0.5, -row - 0.5, -row + 0.5);
                (cell.FillColor, cell.LineColor, cell.LineWidth) = (Of(colour), Of(palette.Grid), 1);
                var text = plot.Add.Text(cells.Values[row][column].ToString("G4", CultureInfo.InvariantCulture),
                    column, -row);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontColor = Of(Palette.On(colour));
                text.LabelFontSize = cells.Columns.Count > 12 ? 10 : 13;
            }
    }

    private void Add(Rule rule)
    {
        var colour = Of(palette[rule.Colour]);
        if (rule.IsVertical)
        {
            var line = plot.Add.VerticalLine(panel.X.IsLog ? Math.Log10(rule.At) : rule.At, 1.5f, colour,
                LinePattern.Dotted);
            (line.LegendText, line.LabelText) = (rule.Name, "");
        }
        else
        {
            var line = plot.Add.HorizontalLine(panel.Y.IsLog ? Math.Log10(rule.At) : rule.At, 1.5f, colour,
                LinePattern.Dotted);
            (line.LegendText, line.LabelText) = (rule.Name, "");
        }
    }

    private double[] X(IReadOnlyList<double> values) => On(panel.X, values);

    private double[] Y(IReadOnlyList<double> values) => On(panel.Y, values);

    /// <summary>Values on an axis; a logarithmic one has no place for values of 0 or less.</summary>
    private static double[] On(Axis axis, IReadOnlyList<double> values) =>
        values.Select(value => axis.IsLog ? value > 0 ? Math.Log10(value) : double.NaN : value).ToArray();
}
