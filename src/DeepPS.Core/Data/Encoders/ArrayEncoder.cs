using System.Collections;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Base of encoders of arrays: alone the values keep their shape; beside other columns they are flattened.
/// </summary>
internal abstract class ArrayEncoder(Shape shape, bool isPadded = false) : FeatureEncoder, IWholeEncoder
{
    /// <summary>Whether arrays differ in length: shorter ones are padded at their end.</summary>
    public bool IsPadded { get; } = isPadded;

    public Shape Shape { get; } = shape;

    public virtual int? Levels => null;

    public override int Width => (int)Shape.Size;

    public Array Encode(Column column, out int unknown) => Values(column, out unknown);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var values = Values(column, out var unknown);
        for (int from = 0, at = offset; from < values.Length; from += Width, at += stride)
            values.AsSpan(from, Width).CopyTo(matrix.AsSpan(at));
        // Beside other columns nothing tells padding from numbers: it is 0.
        if (IsPadded)
            for (var at = offset; at < matrix.Length; at += stride)
                matrix.AsSpan(at, Width).Replace(float.NaN, 0);
        return unknown;
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var builder = new ArrayBuilder(name);
        foreach (var value in values)
        {
            var problem = value is IList list ? builder.Add(list)
                : $"holds {(value is null ? "nothing" : $"'{value}'")}";
            if (problem is not null || !Fits(builder.Shape!))
                throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                    $"Column '{name}' should hold arrays of {Shape}{(IsPadded ? " or shorter" : "")}; it "
                    + $"{problem ?? $"holds one of {builder.Shape}"}.{(IsPadded ? " Cut longer ones." : "")}", value);
            if (!IsPadded && builder.Last != Shape[0])
                throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                    $"Column '{name}' should hold arrays of {Shape}; it holds one with {builder.Last}.", value);
        }

        return builder.Build();

        bool Fits(Shape shape) => shape.Equals(Shape)
            || IsPadded && shape[0] <= Shape[0] && shape.Skip(1).SequenceEqual(Shape.Skip(1));
    }

    public override JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = Type, ["shape"] = ShapeJson.Write(Shape) };
        if (IsPadded)
            json["padded"] = true;
        return json;
    }

    /// <summary>Whether an encoder's JSON says that arrays are padded.</summary>
    protected static bool PaddedIn(JsonObject json) => json.FlagOrNull("padded") ?? false;

    /// <summary>The shape in words.</summary>
    private protected string Sizes => $"array {(IsPadded ? "up to " : "")}{Shape}";

    /// <summary>The numbers of every row, one row after the other; NaN for padding.</summary>
    protected abstract float[] Values(Column column, out int unknown);
}
