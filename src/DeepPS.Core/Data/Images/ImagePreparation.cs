using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How image files become pixels: their size and channels. It is part of a model's plan.</summary>
public sealed record ImagePreparation
{
    /// <summary>The size that images are scaled to; null: their own, which must be the same for all.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>How images get that size.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>Whether images are in colour.</summary>
    public ImageMode Mode { get; init; }

    /// <summary>The number of channels of an image.</summary>
    internal int Channels => Mode == ImageMode.Grey ? 1 : 3;

    /// <summary>The shape of a file's image (channels, height, width); reads at most the file's header.</summary>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>EmptyFile</c>, <c>InvalidImage</c>, <c>ImageTooLarge</c>.
    /// </exception>
    public Shape ShapeOf(string path) => ShapeOf(Size ?? ImageLoader.Current.SizeOf(path));

    /// <summary>Decodes a file into pixels. It is safe for any number of threads.</summary>
    /// <param name="path">A JPEG, PNG, BMP, WebP, GIF or PNM file, whatever its name.</param>
    /// <param name="shape">The shape that all images of the set have: channels, height, width.</param>
    /// <param name="pixels">The pixels, channel after channel, each row after row; as many as the shape has.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>, <c>FileNotReadable</c>, <c>EmptyFile</c>, <c>InvalidImage</c>, <c>ImageTooLarge</c>;
    /// <c>WrongImageSize</c>: no size is set, and this image has another one than the shape;
    /// <c>ImageLibraryNotFound</c>.
    /// </exception>
    public void Load(string path, Shape shape, Span<byte> pixels) =>
        ImageLoader.Current.Load(path, this, shape, pixels);

    internal Shape ShapeOf(ImageSize size) => new((long)Channels, size.Height, size.Width);

    internal JsonObject ToJson() => new()
    {
        ["size"] = Size is { } size ? new JsonArray(size.Height, size.Width) : null,
        ["fit"] = Fit.ToString(),
        ["mode"] = Mode.ToString(),
    };

    internal static ImagePreparation From(JsonNode json) => new()
    {
        Size = json["size"] is { } size ? new ImageSize((int)size[0]!, (int)size[1]!) : null,
        Fit = Enum.Parse<ImageFit>((string)json["fit"]!),
        Mode = Enum.Parse<ImageMode>((string)json["mode"]!),
    };
}
