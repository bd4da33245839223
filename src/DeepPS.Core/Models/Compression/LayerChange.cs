using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>A layer in place of another one, or the reason why the layer stays.</summary>
internal sealed record LayerChange
{
    /// <summary>The new layer; null: the old one stays.</summary>
    public Layer? Layer { get; private init; }

    /// <summary>The values of the new layer by their names inside it.</summary>
    public IReadOnlyDictionary<string, Tensor> Values { get; private init; } = new Dictionary<string, Tensor>();

    /// <summary>The rank that was chosen, the largest of several; null for a change of another kind.</summary>
    public int? Rank { get; init; }

    /// <summary>The relative error of the weight, by the Frobenius norm.</summary>
    public double Error { get; init; }

    /// <summary>The size of the new layer in a file; null: that of its values as they are.</summary>
    public ModelSize? Size { get; init; }

    /// <summary>Why the layer stays; empty for a change.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The id of the error that it is to ask for the layer by name; null: it is none.</summary>
    public string? ErrorId { get; private init; }

    /// <summary>A new layer with its values; null values are left out.</summary>
    public static LayerChange To(Layer layer, IEnumerable<(string Name, Tensor? Value)> values) => new()
    {
        Layer = layer,
        Values = values.Where(value => value.Value is not null)
            .ToDictionary(value => value.Name, value => value.Value!),
    };

    /// <summary>No change.</summary>
    /// <param name="reason">Why: <c>its weight has rank 10 at most</c>.</param>
    /// <param name="errorId">The id of the error if the layer was asked for by name; null: none.</param>
    public static LayerChange None(string reason, string? errorId = null) =>
        new() { Reason = reason, ErrorId = errorId };
}
