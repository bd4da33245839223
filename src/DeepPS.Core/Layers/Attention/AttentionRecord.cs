using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The weights with which queries attended to a memory in a forward pass.</summary>
internal sealed class AttentionRecord
{
    private readonly List<Tensor> weights = [];

    /// <summary>The weights of each layer, in order: (samples, queries, keys), the mean of the heads. The caller frees
    /// them.</summary>
    public IReadOnlyList<Tensor> Weights => weights;

    /// <summary>Adds the weights of a layer.</summary>
    /// <param name="layer">(samples, queries, keys).</param>
    public void Add(Tensor layer) => weights.Add(layer.detach().DetachFromDisposeScope());
}
