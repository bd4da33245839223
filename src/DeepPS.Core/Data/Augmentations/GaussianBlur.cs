using DeepPS.Catalog;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Data;

/// <summary>Blurs images by a Gaussian of random width.</summary>
/// <remarks>torchvision's <c>GaussianBlur</c>; the image is mirrored at its edges.</remarks>
[CatalogEntry("GaussianBlur", "Blur")]
public sealed record GaussianBlur : ImageAugmentation
{
    /// <summary>Height and width of the kernel in pixels, an odd number.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int KernelSize { get; init; } = 5;

    /// <summary>Smallest and largest standard deviation of the Gaussian in pixels.</summary>
    [Setting(Position = 1)]
    public double[] Sigma { get; init; } = [0.1, 2];

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        RangeSetting.CheckPositive(this, nameof(Sigma), Sigma);
        if (KernelSize % 2 == 0)
            throw SettingProblem.Of(this, nameof(KernelSize), "an odd number", KernelSize);
    }

    private protected override bool Moves => false;

    /// <summary>Blurs images (samples, channels, height, width), by a standard deviation per image (samples).</summary>
    internal Tensor Blur(Tensor images, Tensor sigma)
    {
        var half = KernelSize / 2;
        var from = arange(-half, half + 1, dtype: ScalarType.Float32, device: images.device).unsqueeze(1);
        var kernel = from.div(sigma).square().mul(-0.5).exp();
        kernel = kernel.div(kernel.sum([0], keepdim: true)).reshape(KernelSize, -1, 1, 1, 1);
        var padded = F.pad(images, [half, half, half, half], PaddingModes.Reflect);
        return Along(3, Along(2, padded));

        Tensor Along(int axis, Tensor wide)
        {
            var size = images.shape[axis];
            var sum = wide.narrow(axis, 0, size).mul(kernel[0]);
            for (var i = 1; i < KernelSize; i++)
                sum.addcmul_(wide.narrow(axis, i, size), kernel[i], 1);
            return sum;
        }
    }

    private protected override string? RefusesShape(Shape image) => KernelSize / 2 < Math.Min(image[1], image[2]) ? null
        : $"has a KernelSize of {KernelSize}; these images are {image}, and half of it must be less than their height "
            + "and width";

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var sigma = random.Uniform(Sigma[0], Sigma[1]);
        return batch => Blur(batch, sigma);
    }
}
