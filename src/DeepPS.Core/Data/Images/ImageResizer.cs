using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepPS.Data;

/// <summary>
/// Scales images: each row of the result is first mixed from whole rows, then from their columns. Only the visible part
/// is computed. The scratch memory is reused for the next image.
/// </summary>
internal sealed class ImageResizer
{
    private readonly ScalingFilter down = new(), across = new();
    private float[] mixed = [];

    /// <summary>Writes an image into planes, one per channel.</summary>
    /// <param name="image">The image.</param>
    /// <param name="place">Its placement.</param>
    /// <param name="planes">The planes, one after the other.</param>
    /// <param name="planeSize">The number of pixels of a plane.</param>
    public void Write(PixelBuffer image, in ImagePlacement place, Span<byte> planes, int planeSize)
    {
        if (place.Scaled == (image.Height, image.Width))
        {
            Copy(image, place, planes, planeSize);
            return;
        }

        down.Fit(image.Height, place.Scaled.Height, place.Top, place.Rows);
        across.Fit(image.Width, place.Scaled.Width, place.Left, place.Columns);
        var (start, end) = (across.Start * image.Step, across.End * image.Step);
        if (mixed.Length < end)
            mixed = new float[end];
        for (var row = 0; row < place.Rows; row++)
        {
            var sum = mixed.AsSpan(start, end - start);
            sum.Clear();
            var weights = down.Of(row, out var first);
            for (var i = 0; i < weights.Length; i++)
                AddTimes(sum, image.Row(first + i)[start..end], weights[i]);
            var to = place.First + row * place.RowStep;
            if (image.Channels == 1)
                MixGrey(place, planes, to);
            else
                MixColour(place, planes, planeSize, to);
        }
    }

    private static void Copy(PixelBuffer image, in ImagePlacement place, Span<byte> planes, int planeSize)
    {
        var step = image.Step;
        for (var row = 0; row < place.Rows; row++)
        {
            var line = image.Row((int)place.Top + row).Slice((int)place.Left * step, place.Columns * step);
            var to = place.First + row * place.RowStep;
            if (place.ColumnStep != 1)
                for (var channel = 0; channel < image.Channels; channel++, to += planeSize)
                    for (int from = channel, at = to; from < line.Length; from += step, at += place.ColumnStep)
                        planes[at] = line[from];
            else if (step == 1)
                line.CopyTo(planes[to..]);
            else
                Part(line, planes.Slice(to, place.Columns), planes.Slice(to + planeSize, place.Columns),
                    planes.Slice(to + 2 * planeSize, place.Columns));
        }
    }

    /// <summary>Splits pixels of four bytes into three lines; the fourth byte is dropped.</summary>
    private static void Part(ReadOnlySpan<byte> pixels, Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        var numbers = MemoryMarshal.Cast<byte, uint>(pixels);
        var at = 0;
        for (; at <= numbers.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var (first, second) = (Vector256.Create(numbers[at..]), Vector256.Create(numbers[(at + 8)..]));
            var (third, fourth) = (Vector256.Create(numbers[(at + 16)..]), Vector256.Create(numbers[(at + 24)..]));
            Channel(first, second, third, fourth, 0).CopyTo(red[at..]);
            Channel(first, second, third, fourth, 8).CopyTo(green[at..]);
            Channel(first, second, third, fourth, 16).CopyTo(blue[at..]);
        }

        for (; at < numbers.Length; at++)
            (red[at], green[at], blue[at]) = (pixels[4 * at], pixels[4 * at + 1], pixels[4 * at + 2]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Channel(
        Vector256<uint> first, Vector256<uint> second, Vector256<uint> third, Vector256<uint> fourth, int bit)
    {
        var one = Vector256.Create(255u);
        return Vector256.Narrow(
            Vector256.Narrow((first >>> bit) & one, (second >>> bit) & one),
            Vector256.Narrow((third >>> bit) & one, (fourth >>> bit) & one));
    }

    private void MixGrey(in ImagePlacement place, Span<byte> plane, int to)
    {
        for (var column = 0; column < place.Columns; column++, to += place.ColumnStep)
        {
            var weights = across.Of(column, out var first);
            var values = mixed.AsSpan(first, weights.Length);
            var sum = 0.5f;
            for (var i = 0; i < weights.Length; i++)
                sum += weights[i] * values[i];
            plane[to] = (byte)sum;
        }
    }

    private void MixColour(in ImagePlacement place, Span<byte> planes, int planeSize, int to)
    {
        for (var column = 0; column < place.Columns; column++, to += place.ColumnStep)
        {
            var weights = across.Of(column, out var first);
            var values = mixed.AsSpan(4 * first, 4 * weights.Length);
            var sum = Vector128.Create(0.5f);
            for (var i = 0; i < weights.Length; i++)
                sum += weights[i] * Vector128.Create((ReadOnlySpan<float>)values[(4 * i)..]);
            planes[to] = (byte)sum[0];
            planes[to + planeSize] = (byte)sum[1];
            planes[to + 2 * planeSize] = (byte)sum[2];
        }
    }

    /// <summary>sum += pixels * weight.</summary>
    private static void AddTimes(Span<float> sum, ReadOnlySpan<byte> pixels, float weight)
    {
        var at = 0;
        for (; at <= pixels.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Create(pixels[at..]), out var low, out var high);
            AddTimes(sum[at..], low, weight);
            AddTimes(sum[(at + Vector<ushort>.Count)..], high, weight);
        }

        for (; at < pixels.Length; at++)
            sum[at] += pixels[at] * weight;
    }

    private static void AddTimes(Span<float> sum, Vector<ushort> pixels, float weight)
    {
        Vector.Widen(pixels, out var low, out var high);
        (Vector.Create<float>(sum) + Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * weight).CopyTo(sum);
        var rest = sum[Vector<float>.Count..];
        (Vector.Create<float>(rest) + Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * weight).CopyTo(rest);
    }
}
