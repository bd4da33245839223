using SkiaSharp;

namespace DeepPS.Inference;

/// <summary>Colours of attributions: orange speaks for the output, blue against it. People who see few colours can tell
/// them apart (Okabe and Ito 2008).</summary>
internal static class HeatColours
{
    /// <summary>For the output.</summary>
    public static readonly SKColor For = new(213, 94, 0);

    /// <summary>Against it.</summary>
    public static readonly SKColor Against = new(0, 114, 178);

    /// <summary>The share of attributions whose size is shown in full strength.</summary>
    private const double Strongest = 0.99;

    /// <summary>The size of the attributions that are shown in full strength; above 0.</summary>
    public static double Scale(IEnumerable<double> attributions)
    {
        var sizes = attributions.Select(Math.Abs).Order().ToArray();
        var scale = sizes.Length == 0 ? 0 : sizes[(int)(Strongest * (sizes.Length - 1))];
        return scale > 0 ? scale : sizes.LastOrDefault() is var largest and > 0 ? largest : 1;
    }

    /// <summary>The colour of an attribution and its strength from 0 to 1.</summary>
    public static (SKColor Colour, double Strength) Of(double attribution, double scale) =>
        (attribution >= 0 ? For : Against, Math.Min(1, Math.Abs(attribution) / scale));

    /// <summary>A heat map over a picture in grey.</summary>
    public static Picture Over(Picture picture, double[][] map)
    {
        var bytes = new byte[picture.Width * picture.Height * 3];
        var scale = Scale(map.SelectMany(line => line));
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            var own = picture.Bytes.AsSpan(i * picture.Channels, picture.Channels);
            var sum = 0;
            foreach (var value in own)
                sum += value;
            // Towards white, so that colours are seen on dark pixels too.
            var grey = byte.MaxValue - (byte.MaxValue - (double)sum / own.Length) * 0.6;
            var (colour, strength) = Of(map[i / picture.Width][i % picture.Width], scale);
            foreach (var (channel, value) in new[] { colour.Red, colour.Green, colour.Blue }.Index())
                bytes[3 * i + channel] = (byte)Math.Round(grey + (value - grey) * strength);
        }

        return new Picture(picture.Width, picture.Height, 3, bytes);
    }
}
