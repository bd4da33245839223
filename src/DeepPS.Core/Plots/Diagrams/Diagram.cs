using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>What a box of a diagram stands for; it gives the box its colour.</summary>
public enum DiagramKind
{
    /// <summary>An input of the network.</summary>
    Input,

    /// <summary>A layer with trained values, or an operation with them.</summary>
    Weights,

    /// <summary>A layer or an operation without trained values.</summary>
    Operation,

    /// <summary>An activation.</summary>
    Activation,

    /// <summary>Several outputs made one.</summary>
    Merge,

    /// <summary>A layer that gives an output.</summary>
    Head,

    /// <summary>A trained value.</summary>
    Parameter,
}

/// <summary>A box of a diagram.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Details">The lines below the heading.</param>
public sealed record DiagramBox(string Name, DiagramKind Kind, IReadOnlyList<string> Details);

/// <summary>A diagram of boxes and arrows, as data.</summary>
public sealed class Diagram : Drawing
{
    private const int Margin = 24, HeadHeight = 44;
    private readonly DiagramLayout layout;

    /// <summary>Makes a diagram.</summary>
    /// <param name="title">The title.</param>
    /// <param name="boxes">The boxes.</param>
    /// <param name="arrows">The arrows: pairs of places in the list of boxes. They form no circle.</param>
    public Diagram(string title, IReadOnlyList<DiagramBox> boxes, IReadOnlyList<(int From, int To)> arrows)
        : base(title)
    {
        (Boxes, Arrows) = (boxes.ToArray(), arrows.ToArray());
        layout = new DiagramLayout(Boxes, Arrows);
    }

    /// <summary>The boxes.</summary>
    public IReadOnlyList<DiagramBox> Boxes { get; }

    /// <summary>The arrows: pairs of places in the list of boxes.</summary>
    public IReadOnlyList<(int From, int To)> Arrows { get; }

    /// <inheritdoc/>
    public override (int Width, int Height) Size => (
        (int)Math.Ceiling(Math.Max(layout.Width, CanvasText.Width(Title, 17))) + 2 * Margin,
        (int)Math.Ceiling(layout.Height) + HeadHeight + Margin);

    /// <inheritdoc/>
    public override Drawing Titled(string title) => new Diagram(title, Boxes, Arrows);

    /// <inheritdoc/>
    public override string ToText(int width, bool colour) => DiagramText.Of(this, width, colour);

    internal override void Draw(SKCanvas canvas, int width, int height, Palette palette)
    {
        canvas.Clear(palette.Ground);
        CanvasText.Draw(canvas, Title, width / 2f, 28, 17, palette.Ink, SKTextAlign.Center, width - 20);
        // Scaled to fit, with equal scales of both axes.
        var scale = Math.Min((width - 2f * Margin) / layout.Width,
            (height - HeadHeight - (float)Margin) / layout.Height);
        canvas.Translate((width - layout.Width * scale) / 2, HeadHeight);
        canvas.Scale(scale);
        new DiagramPen(canvas, palette).Draw(Boxes, layout);
    }
}
