using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Takes a batch of images that lie as bytes in this process's memory: gathered and made float32 in one pass.</summary>
internal static class PixelBatch
{
    private const float Scale = 255f;

    /// <summary>Whether images can be taken this way.</summary>
    public static bool CanTake(Tensor images) =>
        images.device_type == DeviceType.CPU && images.dtype == ScalarType.Byte && images.is_contiguous()
        && images.numel() <= int.MaxValue;

    /// <summary>The images with the numbers given, each pixel divided by 255: what torch's own functions would give.</summary>
    /// <param name="images">All images (count, shape), bytes.</param>
    /// <param name="index">The numbers of the images of the batch, int64 on the CPU.</param>
    /// <returns>(batch, shape), float32.</returns>
    public static Tensor Take(Tensor images, Tensor index)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(index.bytes);
        long[] sizes = [numbers.Length, .. images.shape[1..]];
        var batch = empty(sizes, dtype: ScalarType.Float32);
        var size = (int)(batch.numel() / Math.Max(1, numbers.Length));
        var pixels = (ReadOnlySpan<byte>)images.bytes;
        var values = CpuMemory.Floats(batch);
        for (var i = 0; i < numbers.Length; i++)
            Convert(pixels.Slice((int)numbers[i] * size, size), values.Slice(i * size, size));
        return batch;
    }

    private static void Convert(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var at = 0;
        for (; at <= pixels.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Create(pixels[at..]), out var low, out var high);
            Store(low, values[at..]);
            Store(high, values[(at + Vector<ushort>.Count)..]);
        }

        for (; at < pixels.Length; at++)
            values[at] = pixels[at] / Scale;
    }

    private static void Store(Vector<ushort> pixels, Span<float> values)
    {
        Vector.Widen(pixels, out var low, out var high);
        (Vector.ConvertToSingle(Vector.AsVectorInt32(low)) / new Vector<float>(Scale)).CopyTo(values);
        (Vector.ConvertToSingle(Vector.AsVectorInt32(high)) / new Vector<float>(Scale)).CopyTo(values[Vector<float>.Count..]);
    }
}
