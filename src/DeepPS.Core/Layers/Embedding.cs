using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Looks up a learned vector for each token id.</summary>
/// <remarks>
/// Any shape of whole numbers from 0 to Tokens - 1 (floating-point ones too, such as 3.0) to that shape x features. Parameter:
/// <c>weight</c> (tokens, features), first values normal. It is PyTorch's <c>nn.Embedding</c>.
/// </remarks>
[CatalogEntry("Embedding")]
public sealed record Embedding : UnaryLayer
{
    /// <summary>How many different tokens there are: ids go from 0 to one less.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Tokens { get; init; }

    /// <summary>How many numbers a token's vector has.</summary>
    [Setting(Position = 1, Required = true, Minimum = 1)]
    public int Features { get; init; }

    /// <summary>The id that stands for padding: its vector begins as zeros and is not learned; none: all are learned.</summary>
    [Setting(Minimum = 0)]
    public int? PaddingIndex { get; init; }

    /// <summary>Vectors to begin with, a row for each token; none: those that WeightInitializer gives.</summary>
    [Setting]
    public PretrainedWeights? Weights { get; init; }

    /// <summary>What gives the vectors their first values.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new Normal();

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (PaddingIndex >= Tokens)
            throw SettingProblem.Of(this, nameof(PaddingIndex), $"an id below Tokens ({Tokens})", PaddingIndex);
        if (Weights is not null && (Weights.Rows, Weights.Columns) != (Tokens, Features))
            throw SettingProblem.Of(this, nameof(Weights), $"a row for each of {Tokens} Tokens, of {Features} Features", Weights);
    }

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input)
    {
        Validate();
        return new Shape([.. input, Features]);
    }

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var weight = builder.Parameter("weight", [Tokens, Features], new FirstVectors(this));
        return (x, _) =>
        {
            using var scope = NewDisposeScope();
            var ids = x.to_type(ScalarType.Int64).reshape(-1);
            var vectors = LookUp(weight.Value, ids);
            if (PaddingIndex is { } padding && vectors.requires_grad)
                vectors = vectors.where(ids.ne(padding).unsqueeze_(1), vectors.detach());
            return vectors.view([.. x.shape, Features]).MoveToOuterDisposeScope();
        };
    }

    private Tensor LookUp(Tensor weight, Tensor ids)
    {
        try
        {
            return weight.index_select(0, ids);
        }
        catch (ExternalException e) when (Strange(ids) is { } strange)
        {
            throw new DlException("UnknownToken", DlErrorKind.InvalidData,
                $"Embedding knows the tokens 0 to {Tokens - 1}; {strange} came. Raise Tokens, or map rare tokens to one id.", this, e);
        }
    }

    /// <summary>An id that is none, if there is one.</summary>
    private long? Strange(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var (least, most) = (ids.min().ToInt64(), ids.max().ToInt64());
        return least < 0 ? least : most >= Tokens ? most : null;
    }

    private sealed record FirstVectors(Embedding Settings) : Initializer
    {
        public override void Fill(Tensor tensor, Fan fan, Generator generator)
        {
            if (Settings.Weights?.Values is { } values)
            {
                using var given = torch.tensor(values);
                using var table = given.view(tensor.shape);
                tensor.copy_(table);
                return;
            }

            Settings.WeightInitializer.Fill(tensor, fan, generator);
            if (Settings.PaddingIndex is { } padding)
                tensor.select(0, padding).zero_();
        }
    }
}
