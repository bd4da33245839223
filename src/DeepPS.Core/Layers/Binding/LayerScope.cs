namespace DeepPS.Layers;

/// <summary>A place in a network: its path, such as <c>residual1.body.conv2d1</c>, and the training settings of its
/// parameters. The settings of a layer apply to the layers inside it, unless they have their own.</summary>
/// <param name="path">The names from the outside in, separated by dots.</param>
/// <param name="outer">The enclosing place; null for the network itself.</param>
/// <param name="layer">The layer at this place; null for a part of the enclosing layer.</param>
internal sealed class LayerScope(string path, LayerScope? outer, Layer? layer)
{
    /// <summary>The names from the outside in, separated by dots.</summary>
    public string Path { get; } = path;

    /// <summary>The layer at this place. It may be replaced by one with other training settings.</summary>
    public Layer? Layer { get; set; } = layer;

    /// <summary>Whether a running training holds the parameters for now, as if the layer were frozen.</summary>
    public bool Held { get; set; }

    /// <summary>The factor of a running training on the learning rate of this place.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>Whether training leaves the parameters unchanged.</summary>
    public bool Frozen => Held || Layer?.Frozen == true || outer?.Frozen == true;

    /// <summary>The factor on the optimizer's learning rate.</summary>
    public double LearningRateFactor => RateFactor * (outer?.LearningRateFactor ?? 1);

    /// <summary>The learning rate; null for the optimizer's.</summary>
    public double? LearningRate => Layer?.LearningRate ?? outer?.LearningRate;

    /// <summary>The weight decay; null for the optimizer's.</summary>
    public double? WeightDecay => Layer?.WeightDecay ?? outer?.WeightDecay;

    /// <summary>The place of a part of this one, or of a layer inside it.</summary>
    public LayerScope Inside(string name, Layer? inner = null) => new($"{Path}.{name}", this, inner);
}
