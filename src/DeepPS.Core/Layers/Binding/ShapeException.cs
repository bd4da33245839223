using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Thrown for an input shape that a layer cannot take. The network adds the layer's name.</summary>
/// <param name="expected">The required shape, in words: "channels x height x width".</param>
/// <param name="actual">The actual shapes.</param>
public sealed class ShapeException(string expected, params IEnumerable<Shape> actual)
    : Exception($"expected {expected}")
{
    /// <summary>The required shape, in words.</summary>
    public string Expected { get; } = expected;

    /// <summary>The actual shapes.</summary>
    public IReadOnlyList<Shape> Actual { get; } = actual.ToArray();
}
