using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What normalisations share: numbers are brought to mean 0 and deviation 1, then scaled and shifted as
/// learned.</summary>
public abstract record NormalizationLayer : UnaryLayer
{
    /// <summary>What is added to the variance, so that nothing is divided by 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether a scale and a shift are learned for each channel or feature.</summary>
    [Setting]
    public bool Affine { get; init; } = true;

    /// <summary>Makes <c>weight</c>, the scale, and <c>bias</c>, the shift, where there are any.</summary>
    /// <param name="builder">What makes parameters.</param>
    /// <param name="sizes">The sizes of both.</param>
    /// <param name="scale">What gives the scale its first values; null: it is 1.</param>
    private protected (Parameter? Weight, Parameter? Bias) BuildAffine(LayerBuilder builder, long[] sizes,
        Initializer? scale = null) => Affine
        ? (builder.Parameter("weight", sizes, scale ?? new Ones()), builder.Parameter("bias", sizes, new Zeros()))
        : (null, null);

    /// <summary>A scale or a shift in the numbers of what it is applied to.</summary>
    private protected static Tensor? Like(Parameter? parameter, Tensor input) =>
        parameter is null ? null : ForwardContext.As(parameter.Value, input.dtype);
}
