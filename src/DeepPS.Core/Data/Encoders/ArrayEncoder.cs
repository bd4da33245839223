using System.Collections;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Base of encoders of arrays: alone the values keep their shape; beside other columns they are flattened.
/// </summary>
internal abstract class ArrayEncoder(Shape shape) : FeatureEncoder, IWholeEncoder
{
    public Shape Shape { get; } = shape;

    public virtual int? Levels => null;

    public override int Width => (int)Shape.Size;

    public Array Encode(Column column, out int unknown) => Values(column, out unknown);

    public override int Encode(Column column, float[] matrix, int offset, int stride)
    {
        var values = Values(column, out var unknown);
        for (int from = 0, at = offset; from < values.Length; from += Width, at += stride)
            values.AsSpan(from, Width).CopyTo(matrix.AsSpan(at));
        return unknown;
    }

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var builder = new ArrayBuilder(name);
        foreach (var value in values)
        {
            var problem = value is IList list ? builder.Add(list)
                : $"holds {(value is null ? "nothing" : $"'{value}'")}";
            if (problem is not null || !builder.Shape!.Equals(Shape))
                throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                    $"Column '{name}' should hold arrays of {Shape}; it {problem ?? $"holds one of {builder.Shape}"}.",
                        value);
        }

        return builder.Build();
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["shape"] = ShapeJson.Write(Shape),
    };

    /// <summary>The numbers of every row, one row after the other.</summary>
    protected abstract float[] Values(Column column, out int unknown);
}
