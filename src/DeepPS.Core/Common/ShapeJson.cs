using System.Text.Json.Nodes;

namespace DeepPS.Common;

/// <summary>Shapes as JSON: their sizes in a list.</summary>
internal static class ShapeJson
{
    public static JsonArray Write(Shape shape) => new(shape.Select(size => (JsonNode)size).ToArray());

    /// <exception cref="InvalidDataException">It is not a list of sizes of 1 or more.</exception>
    public static Shape Read(JsonNode json)
    {
        var sizes = json.AsList().Select(size => size.AsLong(minimum: 1)).ToArray();
        return Shape.IsValid(sizes) ? new Shape(sizes) : throw SafeJson.Wrong(json, "a shape of fewer numbers");
    }
}
