using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Undoes the standardisation of images while they are augmented, so that colours are from 0 to 1 and 0 is black.
/// </summary>
internal sealed class PixelScale : IDisposable
{
    /// <summary>As <see cref="ChannelScale.Sizes"/>, float32, on the device.</summary>
    private readonly Tensor mean, deviation;

    private PixelScale(ChannelScale scale, Device device)
    {
        mean = Numbers(scale.Mean, scale, device);
        deviation = Numbers(scale.Deviation, scale, device);
    }

    /// <summary>The scale of an input; null: it is not standardised.</summary>
    public static PixelScale? Of(InputPlan input, Device device) =>
        input.Scale is { } scale ? new PixelScale(scale, device) : null;

    /// <summary>
    /// Turns standardised images (samples, channels, height, width) into numbers from 0 to 1, in a new tensor.
    /// </summary>
    public Tensor Pixels(Tensor standardized) => standardized.mul(deviation).add_(mean);

    /// <summary>Standardises images, in a new tensor.</summary>
    public Tensor Standardize(Tensor pixels) => pixels.sub(mean).div_(deviation);

    public void Dispose()
    {
        mean.Dispose();
        deviation.Dispose();
    }

    private static Tensor Numbers(double[] numbers, ChannelScale scale, Device device) =>
        tensor(Array.ConvertAll(numbers, number => (float)number), device: device).reshape(scale.Sizes)
            .DetachFromDisposeScope();
}
