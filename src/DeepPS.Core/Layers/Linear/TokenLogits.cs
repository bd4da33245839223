using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Layers;

/// <summary>The output of a network that produces text: a logit for each token that may come next.</summary>
/// <remarks>time x features, and the ids of the text so far (time), to time x tokens. The ids only give the number of
/// tokens, that of the data. Parameters: <c>weight</c> (tokens, features) and <c>bias</c> (tokens). With ShareWith an
/// Embedding and without Bias, the vector of a token is its weight too (Press and Wolf 2016).</remarks>
[CatalogEntry("TokenLogits")]
public sealed record TokenLogits : Layer
{
    /// <summary>The number of tokens. Default: the number in the data.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int? Tokens { get; init; }

    /// <summary>Whether each token has a learned bias.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    /// <summary>The initializer of the weight.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new FanInUniform();

    protected internal override bool MayShareWith(Layer owner) => owner is TokenLogits or Dense or Embedding;

    protected internal override Layer Bound(IReadOnlyList<NetworkInput?> sources) =>
        Tokens is null && sources is [_, { Levels: { } levels }] ? this with { Tokens = levels } : this;

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        const string needs = "time x features (rank 2), and the network's input of token ids (rank 1); or Tokens";
        return inputs[0].Rank == 2 && inputs.Count <= 2 && Tokens is { } tokens ? new Shape(inputs[0][0], tokens)
            : throw new ShapeException(needs, inputs);
    }

    public override Forward Build(LayerBuilder builder)
    {
        var tokens = (long)Tokens!;
        var weight = builder.Parameter("weight", [tokens, builder.Inputs[0][1]], WeightInitializer);
        var bias = Bias ? builder.Parameter("bias", [tokens], new Zeros()) : null;
        return (inputs, context) => LinearProduct.Of(context.ForProduct(inputs[0]), context.ForProduct(weight.Value),
            bias is null ? null : context.ForProduct(bias.Value));
    }
}
