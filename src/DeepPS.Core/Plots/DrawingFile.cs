using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Writes drawings as pictures.</summary>
public static class DrawingFile
{
    /// <summary>A picture of more pixels takes more than 1 GB while it is drawn.</summary>
    private const long LargestPixels = 250_000_000;

    /// <summary>Writes a drawing to a file, whole or not at all.</summary>
    /// <param name="path">The file: <c>.png</c> or <c>.svg</c>.</param>
    /// <param name="drawing">The drawing.</param>
    /// <param name="width">The width in pixels; null for the drawing's own.</param>
    /// <param name="height">The height in pixels; null for the drawing's own.</param>
    /// <param name="theme">The colours.</param>
    /// <exception cref="DlException"><c>UnknownPlotFormat</c>: the path has another extension; <c>PictureTooLarge</c>;
    /// <c>ImageLibraryNotFound</c>.</exception>
    public static void Write(string path, Drawing drawing, int? width = null, int? height = null,
        PlotTheme theme = PlotTheme.Light)
    {
        Check(path);
        var bytes = Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)
            ? Svg(drawing, width, height, theme) : Png(drawing, width, height, theme);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Refuses the path of a file that is neither PNG nor SVG.</summary>
    /// <exception cref="DlException"><c>UnknownPlotFormat</c>.</exception>
    public static void Check(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".png" or ".svg") and var other)
            throw new DlException("UnknownPlotFormat", DlErrorKind.InvalidArgument,
                $"A plot is written as .png or .svg; the path ends in '{other}'. Use one of these.", path);
    }

    /// <summary>The drawing as the bytes of a PNG file.</summary>
    public static byte[] Png(Drawing drawing, int? width = null, int? height = null, PlotTheme theme = PlotTheme.Light)
    {
        var (wide, high) = SizeOf(drawing, width, height);
        using var bitmap = new SKBitmap(new SKImageInfo(wide, high, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
            drawing.Draw(canvas, wide, high, Palette.Of(theme));
        using var stream = new MemoryStream();
        PngWriter.Write(stream, bitmap);
        return stream.ToArray();
    }

    /// <summary>The drawing as the bytes of an SVG file, whose text is text.</summary>
    public static byte[] Svg(Drawing drawing, int? width = null, int? height = null, PlotTheme theme = PlotTheme.Light)
    {
        var (wide, high) = SizeOf(drawing, width, height);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, wide, high), stream))
            drawing.Draw(canvas, wide, high, Palette.Of(theme));
        return SvgText.Finish(stream.ToArray(), drawing.Title, wide, high);
    }

    private static (int Width, int Height) SizeOf(Drawing drawing, int? width, int? height)
    {
        var size = drawing.Size;
        var (wide, high) = (width ?? size.Width, height ?? size.Height);
        if ((long)wide * high > LargestPixels)
            throw new DlException("PictureTooLarge", DlErrorKind.InvalidArgument,
                $"A picture of {wide:N0}x{high:N0} pixels is too large; the most are {LargestPixels / 1_000_000} "
                + "megapixels. Show less, or set -Width and -Height.", drawing.Title);
        SkiaLibrary.Ensure();
        return (wide, high);
    }
}
