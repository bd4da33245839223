using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>A figure of one or more panels, as data: title, axes and series.</summary>
public sealed class Figure : Drawing
{
    private const int PanelWidth = 480, PanelHeight = 320, HeadHeight = 36;

    /// <summary>Makes a figure.</summary>
    /// <param name="title">The title.</param>
    /// <param name="panels">The panels, row by row.</param>
    public Figure(string title, IReadOnlyList<Panel> panels) : base(title) => Panels = panels.ToArray();

    /// <summary>The panels, row by row.</summary>
    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>The number of panels side by side.</summary>
    public int Columns => Panels.Count < 2 ? 1 : Panels.Count is 2 or 4 ? 2 : 3;

    /// <inheritdoc/>
    public override (int Width, int Height) Size
    {
        get
        {
            var bars = Panels.Max(panel => panel.Series.OfType<Bars>().Select(series => series.Labels.Count)
                .Concat(panel.Series.OfType<Cells>().Select(series => 2 * series.Rows.Count)).DefaultIfEmpty(0).Max());
            var cells = Panels.Max(panel =>
                panel.Series.OfType<Cells>().Select(series => series.Columns.Count).DefaultIfEmpty(0).Max());
            var (width, height) = (Math.Max(PanelWidth, 160 + 44 * cells), Math.Max(PanelHeight, 100 + 22 * bars));
            return Panels.Count == 1 ? (Math.Max(width, 640), Math.Max(height, 420) + HeadHeight)
                : (Columns * width, (Panels.Count + Columns - 1) / Columns * height + HeadHeight);
        }
    }

    /// <inheritdoc/>
    public override Drawing Titled(string title) => new Figure(title, Panels);

    /// <inheritdoc/>
    public override string ToText(int width, bool colour) => FigureText.Of(this, width, colour);

    internal override void Draw(SKCanvas canvas, int width, int height, Palette palette)
    {
        canvas.Clear(palette.Ground);
        CanvasText.Draw(canvas, Title, width / 2f, 25, 17, palette.Ink, SKTextAlign.Center, width - 20);
        var rows = (Panels.Count + Columns - 1) / Columns;
        var (wide, high) = (width / (float)Columns, (height - HeadHeight) / (float)rows);
        for (var i = 0; i < Panels.Count; i++)
        {
            var (left, top) = (i % Columns * wide, HeadHeight + i / Columns * high);
            PanelPlot.Draw(canvas, Panels[i], new SKRect(left, top, left + wide, top + high), palette);
        }
    }
}
