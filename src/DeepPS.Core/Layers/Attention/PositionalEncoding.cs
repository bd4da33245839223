using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Positional encoding: adds numbers that depend on the position to each place of a sequence.</summary>
/// <remarks>time x features, unchanged. Sine adds sin(t / 10000^(2i / features)) to feature 2i and the cosine of the
/// same to feature 2i + 1, from Vaswani and others (2017); buffer <c>encoding</c> (time, features). Learned adds
/// parameter <c>weight</c> (time, features), from Gehring and others (2017).</remarks>
[CatalogEntry("PositionalEncoding", "PositionEmbedding")]
public sealed record PositionalEncoding : UnaryLayer
{
    /// <summary>Sine for fixed sines and cosines, Learned for learned numbers.</summary>
    [Setting(Position = 0)]
    public PositionKind Kind { get; init; }

    /// <summary>The initializer of learned numbers.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new Normal { StandardDeviation = 0.02 };

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => input.Rank == 2 ? input
        : throw new ShapeException("time x features (rank 2)", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var encoding = Kind == PositionKind.Learned
            ? builder.Parameter("weight", [.. builder.Input], WeightInitializer)
            : builder.Buffer("encoding", [.. builder.Input], () => Waves(builder.Input[0], builder.Input[1]));
        return (x, context) => context.ForSum(x).add(context.ForSum(context.Steps is { } steps
            ? encoding.Value.narrow(0, steps.Position, 1) : encoding.Value));
    }

    private static Tensor Waves(long time, long features)
    {
        var values = new float[time * features];
        for (var t = 0L; t < time; t++)
            for (var feature = 0L; feature < features; feature++)
            {
                var angle = t / Math.Pow(10000, (feature - feature % 2) / (double)features);
                values[t * features + feature] = (float)(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }

        return tensor(values).reshape(time, features);
    }
}

/// <summary>How <see cref="PositionalEncoding"/> encodes positions.</summary>
public enum PositionKind
{
    /// <summary>Fixed sines and cosines.</summary>
    Sine,

    /// <summary>Learned numbers.</summary>
    Learned,
}
