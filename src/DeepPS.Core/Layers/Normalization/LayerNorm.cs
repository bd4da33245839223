using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Brings each sample's features to mean 0 and deviation 1, then scales and shifts each as learned.</summary>
/// <remarks>
/// Any shape, kept; the last axis, or the last few together. Parameters where <see cref="Affine"/>: <c>weight</c> and
/// <c>bias</c> (the sizes of these axes). It is PyTorch's <c>nn.LayerNorm</c>. From Ba, Kiros and Hinton (2016).
/// </remarks>
[CatalogEntry("LayerNorm", "LayerNormalization")]
public sealed record LayerNorm : UnaryLayer
{
    /// <summary>How many of the last axes are normalised together.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Axes { get; init; } = 1;

    /// <summary>What is added to the variance, so that nothing is divided by 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether a scale and a shift are learned for each feature.</summary>
    [Setting]
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input) => input.Rank >= Axes ? input
        : throw new ShapeException($"{Axes} axes or more (rank {Axes})", input);

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var sizes = builder.Input.TakeLast(Axes).ToArray();
        var weight = Affine ? builder.Parameter("weight", sizes, new Ones()) : null;
        var bias = Affine ? builder.Parameter("bias", sizes, new Zeros()) : null;
        return (x, _) => F.layer_norm(x, sizes, weight?.Value, bias?.Value, Epsilon);
    }
}
