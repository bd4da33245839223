using System.Collections;
using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>Images as they are, in bytes; the device makes numbers from 0 to 1 of them.</summary>
internal sealed class ImageEncoder(Shape shape) : ColumnEncoder, IWholeEncoder
{
    public const string TypeName = "Image";

    public Shape Shape { get; } = shape;

    public override string Type => TypeName;

    public override string Description => $"image {Shape}, bytes as 0 to 1";

    public static ImageEncoder From(JsonObject json) => new(ShapeJson.Read(json["shape"]!));

    /// <summary>The pixels of every row.</summary>
    public Array Encode(Column column, out int unknown)
    {
        unknown = 0;
        return column switch
        {
            ImageColumn images when images.Shape.Equals(Shape) => images.Pixels,
            ImageColumn images => throw new DlException("WrongImageSize", DlErrorKind.InvalidData,
                $"Images of '{column.Name}' should be {Shape} (channels, height, width); they are {images.Shape}.", column.Name),
            _ => throw new DlException("WrongColumnKind", DlErrorKind.InvalidData,
                $"Column '{column.Name}' should hold images; it is of kind {column.Kind}.", column.Name),
        };
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var size = (int)Shape.Size;
        var pixels = new byte[(long)values.Count * size];
        for (var i = 0; i < values.Count; i++)
            ReadOne(name, values[i], pixels.AsSpan(i * size, size));
        return new ImageColumn(name, pixels, Shape);
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["shape"] = ShapeJson.Write(Shape),
    };

    private void ReadOne(string name, object? value, Span<byte> pixels)
    {
        switch (value)
        {
            case byte[] bytes when bytes.Length == pixels.Length:
                bytes.CopyTo(pixels);
                return;
            case byte[] bytes:
                throw WrongSize(name, value, $"{bytes.Length:N0} bytes");
            case string or null:
                throw WrongSize(name, value, value is null ? "nothing" : "text");
            case IEnumerable list:
                var count = 0;
                foreach (var item in list)
                {
                    if (!RawValue.TryNumber(item, out var number) || !(number >= 0 && number <= 255))
                        throw new DlException("InvalidPixel", DlErrorKind.InvalidData,
                            $"Image '{name}' holds numbers from 0 to 255; '{item}' came.", item);
                    if (count < pixels.Length)
                        pixels[count] = (byte)Math.Round(number);
                    count++;
                }

                if (count != pixels.Length)
                    throw WrongSize(name, value, $"{count:N0} numbers");
                return;
            default:
                throw WrongSize(name, value, $"a value of type {value.GetType().Name}");
        }
    }

    private DlException WrongSize(string name, object? value, string came) => new("WrongImageSize", DlErrorKind.InvalidData,
        $"'{name}' is an image of {Shape}: {Shape.Size:N0} bytes in the order channels, height, width; {came} came.", value);
}
