using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Images of handwritten-looking digits, 28 by 28 like MNIST's, drawn with varying strokes.</summary>
[CatalogEntry("Digits")]
public sealed record Digits : DatasetGenerator
{
    private const int Size = 28;

    /// <summary>
    /// Standard deviation of the noise on each pixel, where 1 is the difference between paper and ink.
    /// </summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double Noise { get; init; } = 0.04;

    /// <summary>Variation of slant, size, place and form: 0 is none, 1 that of handwriting.</summary>
    [Setting(Minimum = 0, Maximum = 2)]
    public double Variation { get; init; } = 1;

    /// <inheritdoc/>
    public override Dataset Generate(int seed)
    {
        var random = new SeededRandom(seed);
        var pixels = new byte[checked(Count * Size * Size)];
        var labels = new int[Count];
        var ink = new float[Size * Size];
        for (var i = 0; i < Count; i++)
        {
            labels[i] = random.Below(10);
            Array.Clear(ink);
            DigitPen.Draw(labels[i], ink, Size, Variation, random);
            Print(ink, pixels.AsSpan(i * Size * Size, Size * Size), random);
        }

        var levels = Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture)).ToArray();
        return new Dataset("Digits", [new ImageColumn("Image", pixels, new Shape(1L, Size, Size)),
            new CategoryColumn("Label", labels, levels)], "Label");
    }

    /// <summary>
    /// Turns ink into bytes, with approximately normal noise: the sum of three uniform numbers, scaled to deviation 1.
    /// </summary>
    private void Print(ReadOnlySpan<float> ink, Span<byte> pixels, SeededRandom random)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            double value = ink[i];
            if (Noise > 0)
                value += Noise * 2 * (random.Uniform() + random.Uniform() + random.Uniform() - 1.5);
            pixels[i] = (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
        }
    }
}
