namespace DeepPS;

/// <summary>
/// Samples as one picture: small images in rows, under each its label and, in green or red, what a model takes it for.
/// </summary>
internal static class ContactSheet
{
    /// <summary>The longer side of an image, at most.</summary>
    public const int ImageSize = 128;

    private const int Gap = 8;
    private const int LineHeight = BitmapFont.Height + 2;
    private static readonly (byte, byte, byte) Ink = (0, 0, 0), Right = (0, 128, 0), Wrong = (200, 0, 0);

    /// <summary>Draws the sheet: about as many pictures beside as below each other, and all of a sample in one row.</summary>
    public static Picture Draw(IReadOnlyList<Sample> samples)
    {
        var cells = samples.SelectMany(sample => sample.Pictures.Select((picture, view) => (sample, picture: picture.Scaled(ImageSize), view)))
            .ToArray();
        var views = samples.Max(sample => sample.Pictures.Count);
        var columns = views * (int)Math.Ceiling(Math.Sqrt((double)samples.Count / views));
        var rows = (cells.Length + columns - 1) / columns;
        var lines = samples.Any(sample => sample.Prediction is not null) ? 2 : 1;
        var width = Math.Max(cells.Max(cell => cell.picture.Width), Math.Min(ImageSize, TextWidth(samples)));
        var height = cells.Max(cell => cell.picture.Height);
        var (right, down) = (width + Gap, height + lines * LineHeight + Gap);
        var canvas = new Canvas(Gap + columns * right, Gap + rows * down);
        for (var i = 0; i < cells.Length; i++)
        {
            var (sample, picture, view) = cells[i];
            var (left, top) = (Gap + i % columns * right, Gap + i / columns * down);
            canvas.Draw(picture, left + (width - picture.Width) / 2, top);
            if (view > 0)
                continue;
            canvas.Write(sample.Label, left, top + height + 2, width, Ink);
            if (sample.Prediction is { } prediction)
                canvas.Write(prediction, left, top + height + 2 + LineHeight, width,
                    sample.IsRight switch { true => Right, false => Wrong, null => Ink });
        }

        return canvas.Picture;
    }

    private static int TextWidth(IReadOnlyList<Sample> samples) =>
        samples.Max(sample => Math.Max(sample.Label.Length, sample.Prediction?.Length ?? 0)) * BitmapFont.Advance;
}
