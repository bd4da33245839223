using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Torch;

/// <summary>The product of a linear layer, x * weight' + bias, by the faster one of torch's libraries on this
/// processor.</summary>
/// <remarks>Torch multiplies matrices with Intel's MKL, which uses AVX2 on AMD processors even where they have AVX-512.
/// Its convolutions use oneDNN, which uses all instructions of the processor, and a convolution with a 1x1 kernel is
/// the same product: rows are pixels, features are channels. Measured on two cores of Zen 5, forward and backward
/// together: 0.46 to 0.66 of the time from 33 million multiplications on, 1.1 to 2.1 below 7 million. With one thread
/// torch computes such a convolution with MKL too.</remarks>
internal static class LinearProduct
{
    /// <summary>The number of multiplications above which the convolution is faster.</summary>
    internal const long Large = 1L << 24;

    /// <summary>Multiplies.</summary>
    /// <param name="x">(..., features).</param>
    /// <param name="weight">(units, features).</param>
    /// <param name="bias">(units), or null.</param>
    /// <returns>(..., units).</returns>
    public static Tensor Of(Tensor x, Tensor weight, Tensor? bias) => Processor.HoldsMklToAvx2 && Suits(x, weight)
        ? ByConvolution(x, weight, bias) : F.linear(x, weight, bias);

    /// <summary>Whether the convolution is the faster one for these sizes.</summary>
    internal static bool Suits(Tensor x, Tensor weight) =>
        x.numel() * weight.shape[0] >= Large && x.dtype == ScalarType.Float32 && weight.dtype == ScalarType.Float32
        && x.device_type == DeviceType.CPU && get_num_threads() > 1;

    /// <summary>The product as a convolution, for any sizes.</summary>
    internal static Tensor ByConvolution(Tensor x, Tensor weight, Tensor? bias)
    {
        var (units, features) = (weight.shape[0], weight.shape[1]);
        var pixels = x.reshape(1, -1, 1, features).permute(0, 3, 1, 2);
        return F.conv2d(pixels, weight.view(units, features, 1, 1), bias).permute(0, 2, 3, 1)
            .reshape([.. x.shape[..^1], units]);
    }
}
