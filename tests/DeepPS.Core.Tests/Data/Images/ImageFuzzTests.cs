using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>
/// Image files with bytes changed at random are read or refused, with little memory. The environment variable
/// DEEPPS_FUZZ sets how many of each format are tried.
/// </summary>
public class ImageFuzzTests
{
    /// <summary>The memory for a file of some kilobytes, as a byte stands for a limited number of pixels.</summary>
    private const long MostMemory = 64 << 20;

    private static readonly int Count = FuzzCount.PerKind;

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    [InlineData("bmp")]
    [InlineData("webp")]
    [InlineData("gif")]
    [InlineData("p?m")]
    public void AChangedFileIsReadOrRefused(string extension)
    {
        var seeds = Directory.GetFiles(Path.GetDirectoryName(ImageGoldenTests.PathOf("x"))!, "*." + extension)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length < 4096).ToArray();
        Assert.NotEmpty(seeds);
        var random = new Random(20);
        var pixels = new byte[3 * 16 * 12];
        var read = 0;
        for (var i = 0; i < Count; i++)
        {
            var file = Changed(seeds[i % seeds.Length], seeds[random.Next(seeds.Length)], random);
            if (extension == "png" && random.Next(2) == 0)
                PngSums.Mend(file);
            var preparation = new ImagePreparation
            {
                Size = new ImageSize(16, 12), Fit = (ImageFit)(i % 3), Mode = (ImageMode)(i / 3 % 2),
            };
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ImageLoader.Current.Decode(
                    file, "file", preparation, preparation.ShapeOf("file"),
                    pixels.AsSpan(0, preparation.Channels * 16 * 12));
                read++;
            }
            catch (DlException e)
            {
                Assert.Equal("InvalidImage", e.Id);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        }

        Assert.InRange(read, Count / 100, Count - Count / 100);
    }

    /// <summary>Sets bytes, flips bits, and cuts, doubles or copies parts from another file.</summary>
    private static byte[] Changed(byte[] seed, byte[] other, Random random)
    {
        var file = seed.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Most errors are in headers.
            var at = random.Next(2) == 0 ? random.Next(Math.Min(file.Count, 64)) : random.Next(file.Count);
            var length = Math.Min(random.Next(1, 40), file.Count - at);
            switch (random.Next(12))
            {
                case 0:
                    file.RemoveRange(at, file.Count - at);
                    file.Add(0);
                    break;
                case 1:
                    file.RemoveRange(at, length);
                    file.Add(0);
                    break;
                case 2:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                case 3:
                    file.InsertRange(at, other.Skip(random.Next(other.Length)).Take(length));
                    break;
                case 4:
                    for (var i = 0; i < length; i++)
                        file[at + i] = (byte)random.Next(256);
                    break;
                case 5 or 6:
                    file[at] = (byte)(random.Next(2) == 0 ? 0xFF : 0);
                    break;
                case 7 or 8:
                    file[at] = (byte)random.Next(256);
                    break;
                default:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return file.ToArray();
    }
}
