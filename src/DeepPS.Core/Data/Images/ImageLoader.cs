using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decodes image files into pixels, with reused memory. Each thread has its own.</summary>
internal sealed class ImageLoader
{
    /// <summary>
    /// A decoder may reduce an image as long as it stays this many times larger than needed: scaling averages the rest,
    /// with nearly the same result.
    /// </summary>
    private const int ReductionGap = 2;

    private const int LargestReduction = 8;

    /// <summary>The largest size of a file; larger ones are not read.</summary>
    private const int LargestFile = 1 << 30;

    [ThreadStatic]
    private static ImageLoader? current;

    private readonly ReusedArray content = new();
    private readonly PixelBuffer decoded = new();
    private readonly ImageResizer resizer = new();

    /// <summary>The loader of the calling thread.</summary>
    public static ImageLoader Current => current ??= new ImageLoader();

    /// <summary>See <see cref="ImagePreparation.Load"/>.</summary>
    public void Load(string path, ImagePreparation preparation, Shape shape, Span<byte> pixels)
    {
        Decode(ReadFile(path), path, preparation, shape, pixels);
        content.Trim();
        decoded.Trim();
    }

    /// <summary>The size of a file's upright image.</summary>
    public ImageSize SizeOf(string path)
    {
        var file = ReadFile(path);
        return Named(path, () =>
        {
            using var image = Open(file);
            return image.Header.Size;
        });
    }

    /// <summary>Decodes a file's bytes; see <see cref="ImagePreparation.Load"/>.</summary>
    public void Decode(ReadOnlyMemory<byte> file, string path, ImagePreparation preparation, Shape shape,
        Span<byte> pixels)
    {
        var plane = new ImageSize((int)shape[1], (int)shape[2]);
        var placement = Named(path, () =>
        {
            using var image = Open(file);
            var header = image.Header;
            if (preparation.Size is null && header.Size != plane)
                throw new WrongImageSizeException(
                    $"'{path}' is {header.Size} pixels (width x height); expected {plane}. Images of different sizes "
                    + "need -ImageSize.", path);
            var place = ImagePlacement.Of(header.Size, header.Orientation, plane, preparation.Fit);
            image.Decode(Reduction(header, place), decoded);
            return place;
        });
        if (preparation.Mode == ImageMode.Grey)
            decoded.ToGrey();
        if (placement.LeavesRest(plane))
            pixels.Clear();
        var planeSize = plane.Height * plane.Width;
        resizer.Write(decoded, placement, pixels, planeSize);
        for (var channel = decoded.Channels; channel < preparation.Channels; channel++)
            pixels[..planeSize].CopyTo(pixels[(channel * planeSize)..]);
    }

    private static IEncodedImage Open(ReadOnlyMemory<byte> file)
    {
        var image = ImageDecoders.Of(file.Span).Open(file);
        var header = image.Header;
        if ((long)header.Width * header.Height <= ImageHeader.LargestPixels)
            return image;
        image.Dispose();
        throw new ImageFormatException(
            $"claims to be {header.Size}, more than {ImageHeader.LargestPixels / 1_000_000} megapixels");
    }

    private static int Reduction(ImageHeader header, in ImagePlacement place)
    {
        var reduction = LargestReduction;
        while (reduction > 1 && (header.Height < reduction * ReductionGap * place.Scaled.Height
            || header.Width < reduction * ReductionGap * place.Scaled.Width))
            reduction /= 2;
        return reduction;
    }

    private static T Named<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ImageFormatException e)
        {
            throw new DlException("InvalidImage", DlErrorKind.InvalidData,
                $"'{path}' cannot be read as an image: it {e.Message}.", path,
                e);
        }
    }

    private ReadOnlyMemory<byte> ReadFile(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, SharedFile.Any);
            var length = RandomAccess.GetLength(file);
            if (length is 0 or > LargestFile)
                throw length == 0 ? DataFile.Empty(path)
                    : new DlException("InvalidImage", DlErrorKind.InvalidData,
                        $"'{path}' has {length:N0} bytes, too many for an image.",
                        path);
            var bytes = content.Memory((int)length);
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.Span[read..], read) is var count and > 0)
                read += count;
            return bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DataFile.CannotOpen(path, e);
        }
    }
}
