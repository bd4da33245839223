using DeepPS.Common;
using DeepPS.Data;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>A contact sheet of samples: small images with their labels and, in green or red, a model's
/// predictions.</summary>
internal static class ContactSheet
{
    /// <summary>The largest longer side of an image.</summary>
    public const int ImageSize = 128;

    private const int Gap = 8, TextGap = 2;

    /// <summary>A sheet of more pixels takes more than 1 GB while it is drawn, and few programs open it.</summary>
    private const long LargestPixels = 250_000_000;

    private static readonly SKColor Ink = new(0, 0, 0), Right = new(0, 128, 0), Wrong = new(200, 0, 0);

    /// <summary>Draws the sheet: about as many columns as rows, and all views of a sample in one row.</summary>
    /// <exception cref="DlException"><c>TooManySamples</c>; <c>ImageLibraryNotFound</c>.</exception>
    public static SKBitmap Draw(IReadOnlyList<Sample> samples)
    {
        var cells = samples.SelectMany(
            sample => sample.Pictures.Select((picture, view) => (sample, picture: picture.Scaled(ImageSize), view)))
            .ToArray();
        var views = samples.Max(sample => sample.Pictures.Count);
        var columns = views * (int)Math.Ceiling(Math.Sqrt((double)samples.Count / views));
        var rows = (cells.Length + columns - 1) / columns;
        var lines = samples.Any(sample => sample.Prediction is not null) ? 2 : 1;
        var width = Math.Max(cells.Max(cell => cell.picture.Width), samples.Max(TextWidth));
        var height = cells.Max(cell => cell.picture.Height);
        var (right, down) = (width + Gap, height + TextGap + lines * SheetText.LineHeight + Gap);
        var sheet = Paper(Gap + (long)columns * right, Gap + (long)rows * down, cells.Length);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < cells.Length; i++)
        {
            var (sample, picture, view) = cells[i];
            var (left, top) = (Gap + i % columns * right, Gap + i / columns * down);
            using (var bitmap = picture.ToBitmap())
                canvas.DrawBitmap(bitmap, left + (width - picture.Width) / 2, top, SKSamplingOptions.Default);
            var text = top + height + TextGap;
            if (sample.Captions is { } captions)
                SheetText.Draw(canvas, captions[view].Text, left, text, width, ColourOf(captions[view].IsRight));
            if (view > 0 || sample.Captions is not null)
                continue;
            SheetText.Draw(canvas, sample.Label, left, text, width, Ink);
            if (sample.Prediction is { } prediction)
                SheetText.Draw(canvas, prediction, left, text + SheetText.LineHeight, width, ColourOf(sample.IsRight));
        }

        return sheet;
    }

    private static SKColor ColourOf(bool? isRight) => isRight switch { true => Right, false => Wrong, null => Ink };

    private static SKBitmap Paper(long width, long height, int pictures)
    {
        if (width * height > LargestPixels)
            throw new DlException("TooManySamples", DlErrorKind.InvalidArgument,
                $"A sheet of {pictures:N0} pictures has {width:N0}x{height:N0} pixels; the most are "
                + $"{LargestPixels / 1_000_000} megapixels. "
                + "Show fewer, or write a page: a path that ends in .html.", pictures);
        SkiaLibrary.Ensure();
        return new SKBitmap(new SKImageInfo((int)width, (int)height, SKColorType.Rgba8888, SKAlphaType.Opaque));
    }

    private static int TextWidth(Sample sample) =>
        Math.Max(SheetText.Width(sample.Label, ImageSize), Math.Max(
            SheetText.Width(sample.Prediction ?? "", ImageSize),
            sample.Captions?.Max(caption => SheetText.Width(caption.Text, ImageSize)) ?? 0));
}
