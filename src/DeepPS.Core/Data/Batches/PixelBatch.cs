using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Takes a batch of images stored as bytes in this process's memory: gathers and converts them in one pass.
/// </summary>
internal static class PixelBatch
{
    private const float Scale = 255f;
    private const int CacheLine = 64;

    /// <summary>The number of images between the one that is prefetched and the one that is converted.</summary>
    private const int Ahead = 2;

    /// <summary>The processor itself foresees the rest of a larger image.</summary>
    private const int MostPrefetched = 1024;

    /// <summary>Whether images can be read this way.</summary>
    public static bool CanTake(Tensor images) =>
        images.device_type == DeviceType.CPU && images.dtype == ScalarType.Byte && images.is_contiguous()
        && images.numel() <= int.MaxValue;

    /// <summary>
    /// The images with the given numbers, each pixel divided by 255 (with the same result as torch) or standardised.
    /// </summary>
    /// <param name="images">All images (count, channels, height, width), bytes.</param>
    /// <param name="index">The numbers of the images of the batch, int64 on the CPU.</param>
    /// <param name="scale">
    /// How each channel or pixel is standardised; null: it is not, and the images may have any shape.
    /// </param>
    /// <returns>(batch, shape), float32.</returns>
    public static Tensor Take(Tensor images, Tensor index, ChannelScale? scale = null)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(index.bytes);
        long[] sizes = [numbers.Length, .. images.shape[1..]];
        var batch = empty(sizes, dtype: ScalarType.Float32);
        var size = (int)(batch.numel() / Math.Max(1, numbers.Length));
        var pixels = (ReadOnlySpan<byte>)images.bytes;
        var values = CpuMemory.Floats(batch);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i + Ahead < numbers.Length)
                Prefetch(pixels.Slice((int)numbers[i + Ahead] * size, size));
            Convert(pixels.Slice((int)numbers[i] * size, size), values.Slice(i * size, size), scale);
        }

        return batch;
    }

    /// <summary>Asks for the bytes of an image that is read soon: images of a batch are in random order, so the
    /// processor does not foresee their addresses.</summary>
    private static unsafe void Prefetch(ReadOnlySpan<byte> pixels)
    {
        if (!Sse.IsSupported)
            return;
        // The memory of a tensor does not move.
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pixels));
        for (var at = 0; at < Math.Min(pixels.Length, MostPrefetched); at += CacheLine)
            Sse.Prefetch0(first + at);
    }

    /// <summary>Converts the bytes of one image, channel after channel.</summary>
    public static void Convert(ReadOnlySpan<byte> pixels, Span<float> values, ChannelScale? scale)
    {
        if (scale is null)
        {
            Convert(pixels, values, new Division());
            return;
        }

        var (factors, shifts) = (scale.Factors, scale.Shifts);
        if (factors.Length == pixels.Length)
        {
            for (var i = 0; i < pixels.Length; i++)
                values[i] = pixels[i] * factors[i] + shifts[i];
            return;
        }

        var plane = pixels.Length / factors.Length;
        for (var channel = 0; channel < factors.Length; channel++)
            Convert(pixels.Slice(channel * plane, plane), values.Slice(channel * plane, plane),
                new Standardizing(factors[channel], shifts[channel]));
    }

    /// <summary>
    /// Compiled with full optimisation at once: the runtime's first, instrumented code is several times slower for an
    /// epoch or two.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convert<TRule>(ReadOnlySpan<byte> pixels, Span<float> values, TRule rule)
        where TRule : struct, IRule
    {
        var at = 0;
        for (; at <= pixels.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Create(pixels[at..]), out var low, out var high);
            Store(low, values[at..], rule);
            Store(high, values[(at + Vector<ushort>.Count)..], rule);
        }

        for (; at < pixels.Length; at++)
            values[at] = rule.Of(pixels[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRule>(Vector<ushort> pixels, Span<float> values, TRule rule)
        where TRule : struct, IRule
    {
        Vector.Widen(pixels, out var low, out var high);
        rule.Of(Vector.ConvertToSingle(Vector.AsVectorInt32(low))).CopyTo(values);
        rule.Of(Vector.ConvertToSingle(Vector.AsVectorInt32(high))).CopyTo(values[Vector<float>.Count..]);
    }

    /// <summary>The number that each byte becomes.</summary>
    private interface IRule
    {
        float Of(float pixel);

        Vector<float> Of(Vector<float> pixels);
    }

    private readonly struct Division : IRule
    {
        public float Of(float pixel) => pixel / Scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Of(Vector<float> pixels) => pixels / new Vector<float>(Scale);
    }

    private readonly struct Standardizing(float factor, float shift) : IRule
    {
        public float Of(float pixel) => pixel * factor + shift;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Of(Vector<float> pixels) => pixels * new Vector<float>(factor) + new Vector<float>(shift);
    }
}
