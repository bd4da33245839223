using System.Collections;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Images as bytes; the device turns them into numbers from 0 to 1, or standardises them.</summary>
/// <param name="shape">The shape of an image: channels, height, width.</param>
/// <param name="scale">How each channel or pixel is standardised; null: it is not.</param>
/// <param name="preparation">How image files are prepared; null: the images are not from files.</param>
[EncoderType("Image")]
internal sealed class ImageEncoder(Shape shape, ChannelScale? scale = null, ImagePreparation? preparation = null)
    : ColumnEncoder, IWholeEncoder, IEncoderType<ImageEncoder>
{
    public Shape Shape { get; } = shape;

    public ChannelScale? Scale { get; } = scale;

    /// <summary>
    /// How image files are prepared; null: the images are not from files, and paths are not supported.
    /// </summary>
    public ImagePreparation? Preparation { get; } = preparation;

    public override string Description => $"image {Shape}, "
        + (Scale is null ? "bytes as 0 to 1" : $"standardised {Scale.Description}");

    /// <param name="column">Training images: <see cref="IImages"/>.</param>
    public static ImageEncoder Fit(Column column) => new(((IImages)column).Shape,
        ChannelScale.Of(column.Settings.ImageNormalization, column), column.Facts.Image);

    public static ImageEncoder From(JsonObject json) => new(ShapeJson.Read(json["shape"]!),
        json["scale"] is { } scale ? ChannelScale.From(scale) : null,
        json["preparation"] is { } preparation ? ImagePreparation.From(preparation) : null);

    /// <summary>The pixels of every row.</summary>
    public Array Encode(Column column, out int unknown)
    {
        unknown = 0;
        return column switch
        {
            ImageColumn images when images.Shape.Equals(Shape) => images.Pixels,
            ImageFileColumn files when files.Shape.Equals(Shape) => files.Pixels(0, files.Count),
            IImages images => throw new DlException("WrongImageSize", DlErrorKind.InvalidData,
                $"Images of '{column.Name}' should be {Shape} (channels, height, width); they are {images.Shape}.",
                column.Name),
            _ => throw new DlException("WrongColumnKind", DlErrorKind.InvalidData,
                $"Column '{column.Name}' should hold images; it is of kind {column.Kind}.", column.Name),
        };
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var size = (int)Shape.Size;
        var pixels = new byte[(long)values.Count * size];
        var failure = ImageBatch.Run(values.Count, i => ReadOne(name, values[i], pixels.AsSpan(i * size, size)));
        return failure is null ? new ImageColumn(name, pixels, Shape) : throw failure;
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["shape"] = ShapeJson.Write(Shape),
        ["scale"] = Scale?.ToJson(),
        ["preparation"] = Preparation?.ToJson(),
    };

    private void ReadOne(string name, object? value, Span<byte> pixels)
    {
        switch (value)
        {
            case string path when Preparation is not null:
                Preparation.Load(path, Shape, pixels);
                return;
            case FileInfo file when Preparation is not null:
                Preparation.Load(file.FullName, Shape, pixels);
                return;
            case byte[] bytes when bytes.Length == pixels.Length:
                bytes.CopyTo(pixels);
                return;
            case byte[] bytes:
                throw WrongSize(name, value, $"{bytes.Length:N0} bytes");
            case string or null:
                throw WrongSize(name, value, value is null ? "nothing" : "text");
            case IEnumerable list:
                ReadNumbers(name, list, pixels);
                return;
            default:
                throw WrongSize(name, value, $"a value of type {value.GetType().Name}");
        }
    }

    private void ReadNumbers(string name, IEnumerable list, Span<byte> pixels)
    {
        var count = 0;
        foreach (var item in list)
        {
            if (!RawValue.TryNumber(item, out var number) || !(number >= 0 && number <= 255))
                throw new DlException("InvalidPixel", DlErrorKind.InvalidData,
                    $"Image '{name}' must hold numbers from 0 to 255; got '{item}'.", item);
            if (count < pixels.Length)
                pixels[count] = (byte)Math.Round(number);
            count++;
        }

        if (count != pixels.Length)
            throw WrongSize(name, list, $"{count:N0} numbers");
    }

    private DlException WrongSize(string name, object? value, string found) =>
        new("WrongImageSize", DlErrorKind.InvalidData,
            $"'{name}' must be an image of {Shape}: {Shape.Size:N0} bytes in the order channels, height, width"
            + (Preparation is null ? "" : ", or the path of an image file") + $"; got {found}.", value);
}
