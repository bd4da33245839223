using System.Diagnostics;
using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Bench;

/// <summary>
/// Image files to batches of 128: decoded, randomly flipped, standardised, float32. Two buffers alternate; nothing else
/// stays in memory.
/// </summary>
internal static class ImageStream
{
    private const int BatchSize = 128;
    private const int Passes = 2;

    [ThreadStatic]
    private static byte[]? pixels;

    /// <summary>
    /// Goes through a folder's images twice and prints images per second of each pass, as the peer script does.
    /// </summary>
    public static void Measure(string folder)
    {
        TorchRuntime.Ensure();
        var files = ImageFolder.Find(folder, "Train", null).Select(file => file.Path).ToArray();
        var preparation = new ImagePreparation();
        var shape = preparation.ShapeOf(files[0]);
        var scale = new ChannelScale([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]);
        Tensor[] batches = [empty(shape.WithBatch(BatchSize)), empty(shape.WithBatch(BatchSize))];
        var random = new Random(1);
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            random.Shuffle(files);
            for (var first = 0; first < files.Length; first += BatchSize)
            {
                var batch = batches[first / BatchSize % batches.Length];
                var flips = new bool[Math.Min(BatchSize, files.Length - first)];
                for (var i = 0; i < flips.Length; i++)
                    flips[i] = random.Next(2) == 0;
                var from = first;
                Parallel.For(0, flips.Length, i =>
                    Load(files[from + i], preparation, shape, flips[i], scale, batch, i));
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{files.Length} images {seconds:0.00}s {files.Length / seconds:0}/s"));
        }
    }

    private static void Load(string path, ImagePreparation preparation, Shape shape, bool flip, ChannelScale scale,
        Tensor batch, int place)
    {
        var size = (int)shape.Size;
        if (pixels?.Length != size)
            pixels = new byte[size];
        preparation.Load(path, shape, pixels);
        var width = (int)shape[2];
        if (flip)
            for (var row = 0; row < size; row += width)
                pixels.AsSpan(row, width).Reverse();
        PixelBatch.Convert(pixels, CpuMemory.Floats(batch).Slice(place * size, size), scale);
    }
}
