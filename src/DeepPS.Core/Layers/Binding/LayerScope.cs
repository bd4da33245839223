namespace DeepPS.Layers;

/// <summary>A place in a network: its path, such as <c>residual1.body.conv2d1</c>, and how training treats what is
/// learned there. What a layer says counts for the layers inside it too, unless they say it themselves.</summary>
/// <param name="path">The names from the outside in, with dots between.</param>
/// <param name="outer">The place around it; null: the network itself.</param>
/// <param name="layer">The layer at this place; null: a part of the layer around it.</param>
internal sealed class LayerScope(string path, LayerScope? outer, Layer? layer)
{
    /// <summary>The names from the outside in, with dots between.</summary>
    public string Path { get; } = path;

    /// <summary>The layer at this place, which may be changed for one that says something else of training.</summary>
    public Layer? Layer { get; set; } = layer;

    /// <summary>Whether training leaves the parameters as they are.</summary>
    public bool Frozen => Layer?.Frozen == true || outer?.Frozen == true;

    /// <summary>The learning rate; null: the optimizer's.</summary>
    public double? LearningRate => Layer?.LearningRate ?? outer?.LearningRate;

    /// <summary>The weight decay; null: the optimizer's.</summary>
    public double? WeightDecay => Layer?.WeightDecay ?? outer?.WeightDecay;

    /// <summary>The place of a part of this one, or of a layer inside it.</summary>
    public LayerScope Inside(string name, Layer? inner = null) => new($"{Path}.{name}", this, inner);
}
