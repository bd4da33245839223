using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Draws one digit: bends a glyph's control points, rotates, slants, scales and shifts it, and inks every pixel near
/// its line. It uses only operations that are exact on every machine.
/// </summary>
internal static class DigitPen
{
    private const int PointsPerCurve = 10;

    public static void Draw(int digit, Span<float> ink, int size, double variation, SeededRandom random)
    {
        var variants = DigitGlyphs.Of(digit);
        var glyph = variants[random.Below(variants.Count)];
        var hand = new Hand(size, variation, random);
        foreach (var stroke in glyph)
            Ink(Flatten(stroke.Select(point => hand.Place(point, random)).ToArray()), hand, ink, size);
    }

    /// <summary>
    /// Turns cubic Bezier curves, each with its end as the start of the next, into a line of short pieces.
    /// </summary>
    private static List<(double X, double Y)> Flatten((double X, double Y)[] control)
    {
        var line = new List<(double X, double Y)> { control[0] };
        for (var i = 0; i + 3 < control.Length; i += 3)
            for (var step = 1; step <= PointsPerCurve; step++)
            {
                var t = (double)step / PointsPerCurve;
                var s = 1 - t;
                var (a, b, c, d) = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t);
                line.Add((
                    a * control[i].X + b * control[i + 1].X + c * control[i + 2].X + d * control[i + 3].X,
                    a * control[i].Y + b * control[i + 1].Y + c * control[i + 2].Y + d * control[i + 3].Y));
            }

        return line;
    }

    private static void Ink(List<(double X, double Y)> line, Hand hand, Span<float> ink, int size)
    {
        var reach = hand.Radius + 1;
        for (var i = 1; i < line.Count; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var (left, right) = Range(from.X, to.X, reach, size);
            var (top, bottom) = Range(from.Y, to.Y, reach, size);
            for (var y = top; y <= bottom; y++)
                for (var x = left; x <= right; x++)
                {
                    var cover = Math.Clamp(hand.Radius + 0.5 - Distance(x, y, from, to), 0, 1) * hand.Darkness;
                    ref var pixel = ref ink[y * size + x];
                    pixel = Math.Max(pixel, (float)cover);
                }
        }
    }

    private static (int First, int Last) Range(double a, double b, double reach, int size) =>
        (Math.Max(0, (int)Math.Floor(Math.Min(a, b) - reach)),
            Math.Min(size - 1, (int)Math.Ceiling(Math.Max(a, b) + reach)));

    private static double Distance(double x, double y, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var square = dx * dx + dy * dy;
        var along = square > 0 ? Math.Clamp(((x - from.X) * dx + (y - from.Y) * dy) / square, 0, 1) : 0;
        var (offX, offY) = (x - from.X - along * dx, y - from.Y - along * dy);
        return Math.Sqrt(offX * offX + offY * offY);
    }

    /// <summary>The hand that writes one digit: its slant, size, place and pen.</summary>
    private readonly struct Hand
    {
        private readonly double xx, xy, yx, yy, shiftX, shiftY, bend;

        public Hand(int size, double variation, SeededRandom random)
        {
            double Vary(double range) => random.Uniform(-range, range) * variation;

            // The tangent of half the angle gives sine and cosine without a table: about 14 degrees at most.
            var half = Vary(0.12);
            var (cosine, sine) = ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half));
            var width = size * 0.44 * (1 + Vary(0.25));
            var height = size * 0.66 * (1 + Vary(0.15));
            var slant = Vary(0.3);
            (xx, xy) = (cosine * width, (cosine * slant - sine) * height);
            (yx, yy) = (sine * width, (sine * slant + cosine) * height);
            var middle = (size - 1) / 2.0;
            (shiftX, shiftY) = (middle + Vary(size * 0.08), middle + Vary(size * 0.08));
            bend = 0.05 * variation;
            Radius = 1.15 + Vary(0.5);
            Darkness = 0.9 + Vary(0.1);
        }

        /// <summary>Half the pen's width in pixels.</summary>
        public double Radius { get; }

        public double Darkness { get; }

        /// <summary>The position of a glyph's point, slightly bent.</summary>
        public (double X, double Y) Place((double X, double Y) point, SeededRandom random)
        {
            var x = point.X - 0.5 + random.Uniform(-bend, bend);
            var y = point.Y - 0.5 + random.Uniform(-bend, bend);
            return (shiftX + xx * x + xy * y, shiftY + yx * x + yy * y);
        }
    }
}
