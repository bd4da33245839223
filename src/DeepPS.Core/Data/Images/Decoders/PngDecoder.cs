using System.IO.Compression;

namespace DeepPS;

/// <summary>
/// PNG (ISO/IEC 15948): every colour type and depth, interlaced or not. Alpha is dropped as PIL drops it, and so is a colour
/// that stands for transparency.
/// </summary>
internal sealed class PngDecoder : IImageDecoder
{
    /// <summary>Adam7: where each pass begins, and how far apart its pixels are.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Deflate makes no more than this many bytes of one.</summary>
    private const long LargestExpansion = 1032;

    public string Format => "PNG";

    public IReadOnlyList<string> Extensions { get; } = [".png", ".apng"];

    public bool Knows(ReadOnlySpan<byte> start) => start.StartsWith(PngChunks.Signature);

    public ImageHeader ReadHeader(ReadOnlySpan<byte> file) => PngLayout.Read(file).Header;

    public void Decode(ReadOnlyMemory<byte> file, ImageHeader header, DecodeRequest request, PixelBuffer pixels)
    {
        var layout = PngLayout.Read(file.Span);
        if (layout.RawSize > layout.Data.Sum(part => (long)part.Length) * LargestExpansion)
            throw new ImageFormatException($"says that it is {header.Size}, which {file.Length:N0} bytes cannot hold");
        var rows = new PngRows(layout, pixels.Reserve(header.Width, header.Height, layout.Channels));
        using var zip = new ZLibStream(new PngData(file, layout.Data), CompressionMode.Decompress);
        try
        {
            if (!layout.Interlaced)
                rows.Read(zip, 0, 0, 1, 1);
            else
                foreach (var (x, y, stepX, stepY) in Passes)
                    rows.Read(zip, x, y, stepX, stepY);

            // The sum at the end is looked at with the last byte read.
            Span<byte> end = stackalloc byte[1];
            _ = zip.Read(end);
        }
        catch (InvalidDataException e)
        {
            throw new ImageFormatException("is damaged: its pixels cannot be decompressed", e);
        }
    }
}
