using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Draws a panel with ScottPlot.</summary>
internal static class PanelPlot
{
    /// <summary>Draws a panel into a rectangle of a canvas.</summary>
    public static void Draw(SKCanvas canvas, Panel panel, SKRect place, Palette palette)
    {
        using var plot = Of(panel, palette, place.Size);
        plot.Render(canvas, new PixelRect(place.Left, place.Right, place.Bottom, place.Top));
    }

    private static Plot Of(Panel panel, Palette palette, SKSize size)
    {
        var font = PlotFonts.Name;
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        Style(plot, palette);
        plot.Title(panel.Title, 14);
        plot.XLabel(panel.X.ToString(), 13);
        plot.YLabel(panel.Y.ToString(), 13);
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        var pen = new SeriesPen(plot, panel, palette);
        foreach (var series in panel.Series)
            pen.Add(series);
        Scale(plot, panel);
        plot.Font.Set(font);
        LegendPlace.Set(plot, panel, size);
        return plot;
    }

    private static void Style(Plot plot, Palette palette)
    {
        plot.FigureBackground.Color = plot.DataBackground.Color = SeriesPen.Of(palette.Ground);
        plot.Axes.Color(SeriesPen.Of(palette.Ink));
        plot.Axes.Title.Label.ForeColor = SeriesPen.Of(palette.Ink);
        plot.Grid.MajorLineColor = SeriesPen.Of(palette.Grid);
        plot.Legend.BackgroundColor = SeriesPen.Of(palette.Box);
        plot.Legend.FontColor = SeriesPen.Of(palette.Ink);
        plot.Legend.OutlineColor = SeriesPen.Of(palette.Grid);
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 0;
    }

    private static void Scale(Plot plot, Panel panel)
    {
        if (panel.X.IsTime)
            plot.Axes.Bottom.TickGenerator = new DateTimeAutomatic
            {
                LabelFormatter = time => time.ToString(time.TimeOfDay == default ? "yyyy-MM-dd" : "MM-dd HH:mm",
                    CultureInfo.InvariantCulture),
            };
        if (panel.X.IsLog)
            plot.Axes.Bottom.TickGenerator = Decades(panel, series => SeriesPen.Horizontal(series));
        if (panel.Y.IsLog)
            plot.Axes.Left.TickGenerator = Decades(panel, series => SeriesPen.Vertical(series));
        if (panel.Series.OfType<Bars>().FirstOrDefault() is { } bars)
        {
            plot.Axes.Left.SetTicks(bars.Labels.Select((_, i) => -(double)i).ToArray(), bars.Labels.ToArray());
            plot.HideGrid();
        }

        if (panel.Series.OfType<Cells>().FirstOrDefault() is { } cells)
        {
            plot.Axes.Left.SetTicks(cells.Rows.Select((_, i) => -(double)i).ToArray(), cells.Rows.ToArray());
            plot.Axes.Bottom.SetTicks(cells.Columns.Select((_, i) => (double)i).ToArray(), cells.Columns.ToArray());
            plot.HideGrid();
            plot.Axes.SetLimits(-0.5, cells.Columns.Count - 0.5, 0.5 - cells.Rows.Count, 0.5);
            return;
        }

        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        plot.Axes.SetLimits(End(panel.X, panel.X.Minimum) ?? limits.Left, End(panel.X, panel.X.Maximum) ?? limits.Right,
            End(panel.Y, panel.Y.Minimum) ?? (panel.Series.Any(series => series is Histogram) ? 0 : limits.Bottom),
            End(panel.Y, panel.Y.Maximum) ?? limits.Top);
    }

    private static double? End(Axis axis, double? value) =>
        axis.IsLog && value is > 0 ? Math.Log10(value.Value) : value;

    /// <summary>A tick for each power of ten, or each third, where there are many.</summary>
    private static NumericManual Decades(Panel panel, Func<Series, IEnumerable<double>> values)
    {
        var logarithms = panel.Series.SelectMany(values).Where(value => value > 0 && double.IsFinite(value))
            .Select(Math.Log10).DefaultIfEmpty(0).ToArray();
        var (low, high) = ((int)Math.Floor(logarithms.Min()), (int)Math.Ceiling(logarithms.Max()));
        var step = Math.Max(1, (high - low) / 8);
        var ticks = new NumericManual();
        for (var power = low; power <= high; power += step)
            ticks.AddMajor(power, power is >= -3 and <= 4
                ? Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture) : $"1e{power}");
        return ticks;
    }
}
