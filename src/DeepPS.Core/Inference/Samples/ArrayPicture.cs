using DeepPS.Common;
using DeepPS.Data;
using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>Arrays of numbers or classes as pictures: maps in grey or colour, masks with a colour for each class,
/// sequences as lines.</summary>
internal static class ArrayPicture
{
    /// <summary>An array with more numbers in a step is shown as a map, not as lines.</summary>
    private const int MostLines = 8;

    private const int ChartSize = 120, Margin = 3;

    /// <summary>Colours that people who see few colours can tell apart (Okabe and Ito 2008).</summary>
    private static readonly SKColor[] Palette =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233),
        new(240, 228, 66), new(60, 60, 60),
    ];

    /// <summary>Whether arrays of a shape have a picture.</summary>
    public static bool Fits(Shape shape) => shape.Rank is 1 or 2 && shape.Size > 1
        || shape.Rank == 3 && shape[0] is 1 or 3;

    /// <summary>The picture of an array of numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="shape">The shape: steps, steps x numbers, or channels x height x width.</param>
    /// <param name="range">The numbers that are black and white, or the ends of the axis; null for those of the
    /// array.</param>
    public static Picture Of(IReadOnlyList<double> values, Shape shape, (double Low, double High)? range = null)
    {
        var there = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = range ?? (there.Min(), there.Max());
        return shape.Rank == 1 || shape.Rank == 2 && shape[1] <= MostLines
            ? Lines(values, (int)shape[0], low, high) : Map(values, shape, low, high);
    }

    /// <summary>The picture of an array of classes, each with a colour.</summary>
    /// <param name="classes">The number of each place's class, row by row; below 0 for none.</param>
    /// <param name="shape">The shape: height x width, perhaps after one channel.</param>
    public static Picture OfClasses(IReadOnlyList<int> classes, Shape shape)
    {
        var width = (int)shape[shape.Rank - 1];
        var bytes = classes.SelectMany(number =>
        {
            var colour = number < 0 ? SKColors.White : Palette[number % Palette.Length];
            return new[] { colour.Red, colour.Green, colour.Blue };
        }).ToArray();
        return new Picture(width, classes.Count / width, 3, bytes);
    }

    private static Picture Map(IReadOnlyList<double> values, Shape shape, double low, double high)
    {
        var span = high > low ? high - low : 1;
        var bytes = values.Select(value => double.IsFinite(value)
            ? (byte)Math.Round(Math.Clamp((value - low) / span, 0, 1) * byte.MaxValue) : (byte)0).ToArray();
        return Picture.Of(bytes, shape.Rank == 3 ? shape : new Shape([1, .. shape]));
    }

    private static Picture Lines(IReadOnlyList<double> values, int steps, double low, double high)
    {
        SkiaLibrary.Ensure();
        using var chart = new SKBitmap(new SKImageInfo(ChartSize, ChartSize, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(chart);
        canvas.Clear(SKColors.White);
        var lines = values.Count / steps;
        using var frame = new SKPaint { Color = new SKColor(200, 200, 200), IsStroke = true };
        canvas.DrawRect(0, 0, ChartSize - 1, ChartSize - 1, frame);
        for (var line = lines - 1; line >= 0; line--)
        {
            using var paint = new SKPaint
            {
                Color = Palette[line % Palette.Length], IsStroke = true, StrokeWidth = 1.5f, IsAntialias = true,
            };
            for (var step = 1; step < steps; step++)
                canvas.DrawLine(Point(step - 1, line), Point(step, line), paint);
        }

        canvas.Flush();
        var pixels = chart.GetPixelSpan();
        var bytes = new byte[ChartSize * ChartSize * 3];
        for (var i = 0; i < ChartSize * ChartSize; i++)
            pixels.Slice(4 * i, 3).CopyTo(bytes.AsSpan(3 * i));
        return new Picture(ChartSize, ChartSize, 3, bytes);

        SKPoint Point(int step, int line)
        {
            var value = values[step * lines + line];
            var share = high > low && double.IsFinite(value) ? (value - low) / (high - low) : 0.5;
            return new SKPoint(Margin + (float)step / Math.Max(1, steps - 1) * (ChartSize - 2 * Margin),
                Margin + (float)(1 - share) * (ChartSize - 2 * Margin));
        }
    }
}
