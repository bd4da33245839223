using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>How a network writes its convolutions: without bias, batch normalisation after each, then an
/// activation.</summary>
/// <param name="Weights">What gives the filters their first values.</param>
/// <param name="Activation">The function after the normalisation; null: none.</param>
/// <param name="Epsilon">What the normalisation adds to the variance.</param>
internal sealed record ConvStyle(Initializer Weights, Activation? Activation, double Epsilon = 1e-5)
{
    /// <summary>A convolution and its normalisation.</summary>
    public LayerList Of(int filters, Dims kernel, int stride = 1, Padding padding = default, int groups = 1) => new(
        Filter(filters, kernel, stride, padding, groups),
        new BatchNorm { Epsilon = Epsilon, Activation = Activation });

    /// <summary>The same with as much padding as keeps the size at stride 1: half of an odd kernel.</summary>
    public LayerList Same(int filters, Dims kernel, int stride = 1, int groups = 1) =>
        Of(filters, kernel, stride, new Dims(kernel.For(2).Select(size => size / 2).ToArray()), groups);

    /// <summary>The convolution alone.</summary>
    public Conv2d Filter(int filters, Dims kernel, int stride = 1, Padding padding = default, int groups = 1) => new()
    {
        Filters = filters, KernelSize = kernel, Stride = stride, Padding = padding, Groups = groups, Bias = false,
        WeightInitializer = Weights,
    };
}
