using System.Text.Json.Nodes;

namespace DeepPS.Common;

/// <summary>Shapes as JSON: their sizes in a list.</summary>
internal static class ShapeJson
{
    public static JsonArray Write(Shape shape) => new(shape.Select(size => (JsonNode)size).ToArray());

    public static Shape Read(JsonNode json) => new(json.AsArray().Select(size => size!.GetValue<long>()));
}
