using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>A layer that is made of other layers.</summary>
internal interface IComposite
{
    /// <summary>The layers inside.</summary>
    /// <param name="input">The input shape.</param>
    IReadOnlyList<CompositePart> Parts(Shape input);

    /// <summary>What makes one output of those of the parts; null: each part takes the output of the one
    /// before.</summary>
    string? Join { get; }

    /// <summary>The layer with other layers in its parts, as many as it has; null if its parts are not independent.
    /// </summary>
    Layer? With(IReadOnlyList<LayerList> parts) => null;
}

/// <summary>A list of layers inside a layer.</summary>
/// <param name="Name">The prefix of its parameters' names inside the layer.</param>
/// <param name="Layers">The layers; none: the input itself.</param>
/// <param name="Input">The input shape.</param>
internal sealed record CompositePart(string Name, LayerList Layers, Shape Input);
