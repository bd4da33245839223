using System.Formats.Tar;

namespace DeepPS.Tests;

/// <summary>Small files in the binary form of CIFAR.</summary>
internal static class CifarFiles
{
    private const int PixelCount = 3 * 32 * 32;

    /// <summary>The pixels of the image with a number: each channel of one value.</summary>
    public static byte[] Pixels(int image) =>
        Enumerable.Range(0, PixelCount).Select(i => (byte)(image * 10 + i / 1024)).ToArray();

    /// <summary>Records of images with numbers, each with label bytes.</summary>
    public static byte[] Records(int first, params byte[][] labels) =>
        labels.SelectMany((label, i) => label.Concat(Pixels(first + i))).ToArray();

    /// <summary>The files of a set like CIFAR-10: two batches of two, and one test image.</summary>
    public static Dictionary<string, byte[]> Ten() => new()
    {
        ["cifar-10-batches-bin/test_batch.bin"] = Records(9, [1]),
        ["cifar-10-batches-bin/data_batch_2.bin"] = Records(2, [0], [1]),
        ["cifar-10-batches-bin/data_batch_1.bin"] = Records(0, [2], [1]),
        ["cifar-10-batches-bin/batches.meta.txt"] = "airplane\nautomobile\nbird\n\n"u8.ToArray(),
        ["cifar-10-batches-bin/readme.html"] = "read me"u8.ToArray(),
    };

    /// <summary>The files of a set like CIFAR-100.</summary>
    public static Dictionary<string, byte[]> Hundred() => new()
    {
        ["cifar-100-binary/train.bin"] = Records(0, [0, 3], [1, 2]),
        ["cifar-100-binary/test.bin"] = Records(5, [1, 0]),
        ["cifar-100-binary/coarse_label_names.txt"] = "fish\nflowers\n"u8.ToArray(),
        ["cifar-100-binary/fine_label_names.txt"] = "apple\nrose\ntrout\nshark\n"u8.ToArray(),
    };

    /// <summary>Files as a gzipped tar archive.</summary>
    public static byte[] TarGz(Dictionary<string, byte[]> files) => DataFiles.Gzip(Tar(files));

    public static byte[] Tar(Dictionary<string, byte[]> files)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, bytes) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(bytes),
                });
        return memory.ToArray();
    }
}
