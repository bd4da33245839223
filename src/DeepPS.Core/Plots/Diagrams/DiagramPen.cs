using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Draws the boxes and arrows of a diagram.</summary>
internal sealed class DiagramPen(SKCanvas canvas, Palette palette)
{
    private const float Corner = 6, Stripe = 5, HeadSize = 13, LineSize = 11.5f, ArrowSize = 7;

    /// <summary>Draws all.</summary>
    public void Draw(IReadOnlyList<DiagramBox> boxes, DiagramLayout layout)
    {
        foreach (var arrow in layout.Arrows)
            Arrow(arrow);
        foreach (var (box, (left, top, height)) in boxes.Zip(layout.Boxes))
            Box(box, new SKRect(left, top, left + DiagramLayout.BoxWidth, top + height));
    }

    /// <summary>The colour of a kind of box.</summary>
    public static SKColor ColourOf(DiagramKind kind, Palette palette) => kind switch
    {
        DiagramKind.Input => palette[6],
        DiagramKind.Weights => palette[0],
        DiagramKind.Activation => palette[2],
        DiagramKind.Merge => palette[3],
        DiagramKind.Head => palette[1],
        DiagramKind.Parameter => palette[4],
        _ => palette[5],
    };

    private void Box(DiagramBox box, SKRect place)
    {
        var colour = ColourOf(box.Kind, palette);
        using (var fill = new SKPaint { Color = palette.Box, IsAntialias = true })
            canvas.DrawRoundRect(place, Corner, Corner, fill);
        using (var edge = new SKPaint
        {
            Color = colour,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1.5f,
        })
            canvas.DrawRoundRect(place, Corner, Corner, edge);
        using (var stripe = new SKPaint { Color = colour, IsAntialias = true })
            canvas.DrawRect(place.Left, place.Top + Corner, Stripe, place.Height - 2 * Corner, stripe);
        var (left, most) = (place.Left + 2 * Stripe + 2, place.Width - 3 * Stripe - 4);
        CanvasText.Draw(canvas, box.Name, left, place.Top + 17, HeadSize, palette.Ink, SKTextAlign.Left, most);
        foreach (var (i, line) in box.Details.Index())
            CanvasText.Draw(canvas, line, left,
                place.Top + DiagramLayout.HeadHeight + 11 + i * DiagramLayout.LineHeight, LineSize,
                palette.Ink.WithAlpha(190), SKTextAlign.Left, most);
    }

    private void Arrow(IReadOnlyList<(float X, float Y)> corners)
    {
        using var paint = new SKPaint
        {
            Color = palette.Ink.WithAlpha(150),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1.3f,
        };
        using var path = new SKPathBuilder();
        var (endX, endY) = corners[^1];
        path.MoveTo(corners[0].X, corners[0].Y);
        for (var i = 1; i < corners.Count; i++)
        {
            var ((fromX, fromY), (toX, toY)) = (corners[i - 1], corners[i]);
            // Round turns: both ends of each piece go straight down.
            if (i == corners.Count - 1)
                toY -= ArrowSize;
            path.CubicTo(fromX, (fromY + toY) / 2, toX, (fromY + toY) / 2, toX, toY);
        }

        using var line = path.Detach();
        canvas.DrawPath(line, paint);
        using var head = new SKPathBuilder();
        head.MoveTo(endX, endY);
        head.LineTo(endX - ArrowSize / 2, endY - ArrowSize);
        head.LineTo(endX + ArrowSize / 2, endY - ArrowSize);
        head.Close();
        using var tip = head.Detach();
        using var fill = new SKPaint { Color = palette.Ink.WithAlpha(150), IsAntialias = true };
        canvas.DrawPath(tip, fill);
    }
}
