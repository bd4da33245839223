using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>A shape that a layer cannot work on. The network adds which layer it is.</summary>
/// <param name="wants">What the layer wants, in words: "channels x height x width".</param>
/// <param name="came">The shapes that came.</param>
public sealed class ShapeException(string wants, params IEnumerable<Shape> came) : Exception($"wants {wants}")
{
    /// <summary>What the layer wants, in words.</summary>
    public string Wants { get; } = wants;

    /// <summary>The shapes that came.</summary>
    public IReadOnlyList<Shape> Came { get; } = came.ToArray();
}
