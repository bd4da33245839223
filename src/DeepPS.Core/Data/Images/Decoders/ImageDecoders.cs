using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Finds the decoder for a file.</summary>
internal static class ImageDecoders
{
    /// <summary>The number of bytes that determine a file's format.</summary>
    public const int StartLength = 32;

    private static readonly IImageDecoder[] All =
    [
        new SkiaDecoder("JPEG", [".jpg", ".jpeg", ".jpe", ".jfif"], "\xFF\xD8\xFF", JpegMarkers.Check, scales: true),
        new SkiaDecoder("PNG", [".png", ".apng"], "\x89PNG\r\n\x1A\n", PngChunks.Check),
        new SkiaDecoder("BMP", [".bmp", ".dib"], "BM?????????????\0\0\0", BmpHeader.Check),
        new SkiaDecoder("WebP", [".webp"], "RIFF????WEBP", PackedPixels.Check),
        new SkiaDecoder("GIF", [".gif"], "GIF8", PackedPixels.Check),
        new PnmDecoder(),
    ];

    /// <summary>Unsupported formats that errors can name, and their first bytes; a ? is any byte.</summary>
    private static readonly (string Name, string[] Extensions, string Start)[] Others =
    [
        ("a TIFF image", [".tif", ".tiff"], "II*\0"),
        ("a TIFF image", [], "MM\0*"),
        ("a HEIF or AVIF image", [".heic", ".heif", ".avif"], "????ftyp"),
    ];

    private static readonly HashSet<string> Extensions = All.SelectMany(decoder => decoder.Extensions)
        .Concat(Others.SelectMany(other => other.Extensions)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The decoder of a file.</summary>
    /// <param name="start">The file's first bytes.</param>
    /// <exception cref="ImageFormatException">The format is not supported.</exception>
    public static IImageDecoder Of(ReadOnlySpan<byte> start) => Find(start) ?? throw Unknown(start);

    /// <summary>Whether a file is an image by its content, or at least by its name.</summary>
    public static bool IsImage(string path)
    {
        if (Extensions.Contains(Path.GetExtension(path)))
            return true;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, SharedFile.Any);
            Span<byte> start = stackalloc byte[StartLength];
            return Find(start[..RandomAccess.Read(file, start, 0)]) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IImageDecoder? Find(ReadOnlySpan<byte> start)
    {
        foreach (var decoder in All)
            if (decoder.Knows(start))
                return decoder;
        return null;
    }

    private static ImageFormatException Unknown(ReadOnlySpan<byte> start)
    {
        var name = "of an unknown format";
        foreach (var other in Others)
            if (FileStart.Fits(start, other.Start))
                name = other.Name;
        return new ImageFormatException(
            $"is {name}; supported: {string.Join(", ", All.Select(decoder => decoder.Format))}");
    }
}
