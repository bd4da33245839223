using System.Buffers.Binary;

namespace DeepPS;

/// <summary>What a PNG file holds, and where.</summary>
internal sealed record PngLayout
{
    private const int Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, RgbAlpha = 6;

    public required ImageHeader Header { get; init; }

    /// <summary>How many bits a sample has: 1, 2, 4, 8 or 16.</summary>
    public required int Depth { get; init; }

    /// <summary>How many samples a pixel has, alpha among them.</summary>
    public required int Samples { get; init; }

    public required bool Interlaced { get; init; }

    /// <summary>The colours that a sample stands for, three bytes each; null where it is one itself.</summary>
    public byte[]? Palette { get; private init; }

    /// <summary>Where the compressed pixels lie in the file, in their order.</summary>
    public IReadOnlyList<(int Offset, int Length)> Data { get; private init; } = [];

    /// <summary>How many channels a pixel becomes: 1 of grey, 3 of colour.</summary>
    public int Channels => Palette is not null || Samples > 2 ? 3 : 1;

    public int BitsPerPixel => Depth * Samples;

    /// <summary>How many bytes the pixels are at least when they are decompressed.</summary>
    public long RawSize => ((long)Header.Width * BitsPerPixel + 7) / 8 * Header.Height;

    public static PngLayout Read(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks(file);
        if (!chunks.MoveNext() || !chunks.Type.SequenceEqual("IHDR"u8) || chunks.Content.Length != 13)
            throw new ImageFormatException("has no header");
        chunks.CheckSum();
        var (layout, indexed) = ReadHeader(chunks.Content);
        byte[]? palette = null;
        ImageOrientation orientation = default;
        var data = new List<(int, int)>();
        while (chunks.MoveNext() && !chunks.Type.SequenceEqual("IEND"u8))
        {
            if (chunks.Type.SequenceEqual("IDAT"u8))
                data.Add((chunks.Offset, chunks.Content.Length));
            else if (chunks.Type.SequenceEqual("eXIf"u8))
                orientation = ExifTags.Orientation(chunks.Content);
            else if (indexed && chunks.Type.SequenceEqual("PLTE"u8))
            {
                chunks.CheckSum();
                palette = chunks.Content.ToArray();
            }
        }

        if (data.Count == 0)
            throw new ImageFormatException("has no pixels");
        if (indexed && palette is not { Length: >= 3 and <= 768 })
            throw new ImageFormatException("has no colours for its pixels");
        return layout with { Header = layout.Header with { Orientation = orientation }, Palette = palette, Data = data };
    }

    private static (PngLayout Layout, bool Indexed) ReadHeader(ReadOnlySpan<byte> header)
    {
        var width = BinaryPrimitives.ReadUInt32BigEndian(header);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new ImageFormatException($"has a size of {width}x{height}");
        int depth = header[8], type = header[9], interlace = header[12];
        var depths = type switch
        {
            Grey => new[] { 1, 2, 4, 8, 16 },
            Indexed => [1, 2, 4, 8],
            Rgb or GreyAlpha or RgbAlpha => [8, 16],
            _ => [],
        };
        if (!depths.Contains(depth) || header[10] != 0 || header[11] != 0 || interlace > 1)
            throw new ImageFormatException($"is of colour type {type}, depth {depth}, compression {header[10]}, filter {header[11]}, "
                + $"interlace {interlace}, which PNG does not have");
        return (new PngLayout
        {
            Header = new ImageHeader((int)width, (int)height, default),
            Depth = depth,
            Samples = type switch { Grey or Indexed => 1, GreyAlpha => 2, Rgb => 3, _ => 4 },
            Interlaced = interlace == 1,
        }, type == Indexed);
    }
}
