using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Arrays of numbers, unchanged.</summary>
[EncoderType("Tensor")]
internal sealed class TensorEncoder(Shape shape, bool isPadded = false)
    : ArrayEncoder(shape, isPadded), IEncoderType<TensorEncoder>
{
    public override int Amounts => Width;

    public override string Description => $"{Sizes}, its numbers as they are";

    public static TensorEncoder From(JsonObject json) => new(ShapeJson.Read(json["shape"]!), PaddedIn(json));

    protected override float[] Values(Column column, out int unknown)
    {
        unknown = 0;
        return ColumnValues.Arrays(column, Shape, IsPadded);
    }
}
