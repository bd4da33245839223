using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Thrown for an input shape that a layer cannot take. The network adds the layer's name.</summary>
/// <param name="wants">The required shape, in words: "channels x height x width".</param>
/// <param name="came">The actual shapes.</param>
public sealed class ShapeException(string wants, params IEnumerable<Shape> came) : Exception($"wants {wants}")
{
    /// <summary>The required shape, in words.</summary>
    public string Wants { get; } = wants;

    /// <summary>The actual shapes.</summary>
    public IReadOnlyList<Shape> Came { get; } = came.ToArray();
}
