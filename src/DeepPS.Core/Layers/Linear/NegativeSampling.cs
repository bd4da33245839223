using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>How well a vector predicts words among words drawn at random: negative sampling.</summary>
/// <remarks>Inputs: a vector of features, and token ids (0 for none). Output: 1 number, the sum over the ids of log
/// sigmoid(v . u_id) + sum over Negatives drawn words n of log sigmoid(-v . u_n). Words are drawn with a probability
/// proportional to their count in the training data to the power of 0.75; one that is the id itself does not count.
/// Parameter: <c>weight</c> (tokens, features), 0 initially; buffer: <c>noise</c> (tokens), the weights of the draw.
/// Trained with the loss LogLikelihood, which is the default after this layer. Mikolov, Sutskever, Chen, Corrado and
/// Dean (2013).</remarks>
[CatalogEntry("NegativeSampling")]
public sealed record NegativeSampling : Layer
{
    /// <summary>The seed of the draws outside training: the same data gives the same result.</summary>
    private const ulong FixedSeed = 1;

    /// <summary>The number of words that are drawn for each id.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Negatives { get; init; } = 5;

    /// <summary>The number of tokens: ids are 0 to Tokens - 1. Default: the number in the data.</summary>
    [Setting(Minimum = 2)]
    public int? Tokens { get; init; }

    protected internal override Layer Bound(IReadOnlyList<NetworkInput?> sources) =>
        Tokens is null && sources is [_, { Levels: { } levels }] ? this with { Tokens = levels } : this;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2 || inputs[1].Rank != 1)
            throw new ShapeException("a vector of features and a list of token ids (rank 1); name them with -From",
                inputs);
        return Tokens is not null ? new Shape(1)
            : throw new ShapeException("a text or token column as second input, or the setting Tokens", inputs);
    }

    public override Forward Build(LayerBuilder builder)
    {
        var (features, tokens) = (builder.Input.Size, (long)Tokens!);
        var weight = builder.Parameter("weight", [tokens, features], new Zeros());
        var noise = builder.Buffer("noise", [tokens], new Ones());
        return (inputs, context) =>
        {
            var ids = inputs[1].to_type(ScalarType.Int64);
            var vector = context.Exact(inputs[0]).reshape(ids.shape[0], features, 1);
            var drawn = Draw(noise.Value, ids, context);
            var all = cat([ids.unsqueeze(2), drawn], 2);
            var scores = TokenLookUp.Of(this, weight.Value, all.reshape(-1)).view(ids.shape[0], -1, features)
                .bmm(vector).view(all.shape);
            var own = F.logsigmoid(scores.narrow(2, 0, 1));
            var others = F.logsigmoid(scores.narrow(2, 1, Negatives).neg()).mul(drawn.ne(ids.unsqueeze(2)));
            return own.add(others.sum(2, keepdim: true)).squeeze(2).mul(ids.ne(0)).sum(1, keepdim: true);
        };
    }

    /// <summary>Draws words for each id, (batch, ids, Negatives).</summary>
    private Tensor Draw(Tensor noise, Tensor ids, ForwardContext context)
    {
        using var still = context.Training ? null : new Generator(FixedSeed, ids.device);
        return noise.multinomial(ids.numel() * Negatives, true, context.Training ? context.Generator : still)
            .view(ids.shape[0], ids.shape[1], Negatives);
    }
}
