using DeepPS.Catalog;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Embedding: a learned vector for each token id.</summary>
/// <remarks>Any shape of whole numbers from 0 to Tokens - 1 (floating-point ones too, such as 3.0) to that shape x
/// features. Parameter: <c>weight</c> (tokens, features), normal initial values. PyTorch's <c>nn.Embedding</c>. If it
/// reads text or token columns, it takes Tokens from the data and 0 as PaddingIndex; a single given size is then
/// Features.</remarks>
[CatalogEntry("Embedding")]
public sealed record Embedding : UnaryLayer
{
    /// <summary>The number of tokens: ids are 0 to Tokens - 1. Default: the number in the data.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int? Tokens { get; init; }

    /// <summary>The size of a token's vector. If only one size is given, it is this one.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int? Features { get; init; }

    /// <summary>Optional: the id of padding. Its vector is initially 0 and is not trained.</summary>
    [Setting(Minimum = 0)]
    public int? PaddingIndex { get; init; }

    /// <summary>Optional: pretrained vectors, a row per token; or a model with vectors of words, such as one of
    /// Import-DlModel words.vec, of which the words of the data are taken. Default, also for unknown words: from
    /// WeightInitializer.</summary>
    [Setting]
    public PretrainedWeights? Weights { get; init; }

    /// <summary>The initializer of the vectors.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new Normal();

    protected internal override void Validate()
    {
        if (Features is null)
            return;
        if (PaddingIndex >= Tokens)
            throw SettingProblem.Of(this, nameof(PaddingIndex), $"an id below Tokens ({Tokens})", PaddingIndex);
        if (Weights is not null && (Weights.Rows, Weights.Columns) != (Tokens ?? Weights.Rows, Features))
            throw SettingProblem.Of(this, nameof(Weights),
                $"a row for each of {Tokens} Tokens, of {Features} Features", Weights);
    }

    protected internal override Layer Bound(IReadOnlyList<NetworkInput?> sources) =>
        Weights is { Words: not null } && sources is [{ Levels: { } tokens, Names.Count: > 0 } named]
            ? this with
            {
                Tokens = tokens,
                Features = (int)Weights.Columns,
                PaddingIndex = PaddingIndex ?? 0,
                Weights = Weights.For(named),
            }
        : (Tokens is null || Features is null) && (Features ?? Tokens) is { } features
            && sources is [{ Levels: { } levels }]
            ? this with { Tokens = levels, Features = features, PaddingIndex = PaddingIndex ?? 0 }
            : this;

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input)
    {
        Validate();
        return Tokens is not null && Features is { } features ? new Shape([.. input, features])
            : throw new ShapeException(
                "a text or token column as input and one size, Features; or two sizes, Tokens and Features", [input]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var (tokens, features) = ((long)Tokens!, (long)Features!);
        var weight = builder.Parameter("weight", [tokens, features], new FirstVectors(this));
        weight.IsTable = true;
        return (x, context) =>
        {
            if (context.Vectors?.Invoke(weight.Name) is { } given)
                return context.ForSum(given).view([.. x.shape, features]);
            using var scope = NewDisposeScope();
            var ids = x.to_type(ScalarType.Int64).reshape(-1);
            var vectors = TokenLookUp.Of(this, weight.Value, ids);
            if (PaddingIndex is { } padding && vectors.requires_grad)
                vectors = vectors.where(ids.ne(padding).unsqueeze_(1), vectors.detach());
            return context.ForSum(vectors).view([.. x.shape, features]).MoveToOuterDisposeScope();
        };
    }

    private sealed record FirstVectors(Embedding Settings) : Initializer
    {
        public override void Fill(Tensor tensor, Fan fan, Generator generator)
        {
            if (Settings.Weights?.Values is { } values)
            {
                using var scope = NewDisposeScope();
                var table = torch.tensor(values).view(tensor.shape);
                if (Settings.Weights.IsPartial)
                {
                    Settings.WeightInitializer.Fill(tensor, fan, generator);
                    table = table.where(table.isnan().logical_not(), tensor);
                }

                tensor.copy_(table);
                if (!Settings.Weights.IsPartial)
                    return;
            }
            else
            {
                Settings.WeightInitializer.Fill(tensor, fan, generator);
            }

            if (Settings.PaddingIndex is { } padding)
                tensor.select(0, padding).zero_();
        }
    }
}
