using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>The style of a network's convolutions: no bias, then batch normalization, then an activation.</summary>
/// <param name="Weights">The initializer of the filters.</param>
/// <param name="Activation">The activation after the normalization, or null.</param>
/// <param name="Epsilon">The epsilon of the normalization.</param>
internal sealed record ConvStyle(Initializer Weights, Activation? Activation, double Epsilon = 1e-5)
{
    /// <summary>A convolution and its normalization.</summary>
    public LayerList Of(int filters, Dims kernel, int stride = 1, Padding padding = default, int groups = 1) => new(
        Filter(filters, kernel, stride, padding, groups),
        new BatchNorm { Epsilon = Epsilon, Activation = Activation });

    /// <summary>The same with padding that keeps the size at stride 1: half of an odd kernel.</summary>
    public LayerList Same(int filters, Dims kernel, int stride = 1, int groups = 1) =>
        Of(filters, kernel, stride, new Dims(kernel.For(2).Select(size => size / 2).ToArray()), groups);

    /// <summary>Only the convolution.</summary>
    public Conv2d Filter(int filters, Dims kernel, int stride = 1, Padding padding = default, int groups = 1) => new()
    {
        Filters = filters, KernelSize = kernel, Stride = stride, Padding = padding, Groups = groups, Bias = false,
        WeightInitializer = Weights,
    };
}
