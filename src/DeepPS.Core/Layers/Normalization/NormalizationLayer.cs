using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of normalizations: mean 0 and deviation 1, then a learned scale and shift.</summary>
public abstract record NormalizationLayer : UnaryLayer
{
    /// <summary>The number added to the variance to avoid division by 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether to learn a scale and a shift for each channel or feature.</summary>
    [Setting]
    public bool Affine { get; init; } = true;

    /// <summary>Makes <c>weight</c>, the scale, and <c>bias</c>, the shift, if Affine.</summary>
    /// <param name="builder">The builder of the parameters.</param>
    /// <param name="sizes">The sizes of both.</param>
    /// <param name="scale">The initializer of the scale; null for 1.</param>
    private protected (Parameter? Weight, Parameter? Bias) BuildAffine(LayerBuilder builder, long[] sizes,
        Initializer? scale = null) => Affine
        ? (builder.Parameter("weight", sizes, scale ?? new Ones()), builder.Parameter("bias", sizes, new Zeros()))
        : (null, null);

    /// <summary>A scale or a shift in the type of its input.</summary>
    private protected static Tensor? Like(Parameter? parameter, Tensor input) =>
        parameter is null ? null : ForwardContext.As(parameter.Value, input.dtype);
}
