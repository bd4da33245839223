using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Changes colours of images (samples, 1 or 3 channels, height, width), float32 from 0 to 1, by an amount per image,
/// (samples), float32. The formulas are those of torchvision's <c>functional</c>.
/// </summary>
internal static class Colour
{
    /// <summary>Multiplies the values by a factor.</summary>
    public static Tensor Brightness(Tensor images, Tensor factor) => images.mul(Each(factor)).clamp_(0, 1);

    /// <summary>Multiplies the values' difference from the mean grey by a factor.</summary>
    public static Tensor Contrast(Tensor images, Tensor factor) =>
        Blend(images, Grey(images).mean([1, 2, 3], keepdim: true), factor);

    /// <summary>Multiplies the values' difference from their pixel's grey by a factor.</summary>
    public static Tensor Saturation(Tensor images, Tensor factor) => Blend(images, Grey(images), factor);

    /// <summary>Shifts hues by a share of the colour circle.</summary>
    public static Tensor Hue(Tensor images, Tensor shift)
    {
        var (red, green, blue) = (images.narrow(1, 0, 1), images.narrow(1, 1, 1), images.narrow(1, 2, 1));
        var (value, chroma) =
            (images.amax([1], keepdim: true), images.amax([1], keepdim: true).sub(images.amin([1], keepdim: true)));
        var divisor = chroma.clamp_min(1e-12f);
        // Hue in sixths of the circle: red is 0, green 2, blue 4.
        var hue = where(value.eq(red), green.sub(blue).div(divisor),
            where(value.eq(green), blue.sub(red).div(divisor).add(2), red.sub(green).div(divisor).add(4)));
        var turned = hue.add(Each(shift).mul(6));
        // The difference of each channel from the value: red, green and blue are 5, 3 and 1 sixths ahead (Smith 1978).
        var ahead = tensor([5f, 3f, 1f], device: images.device).reshape(1, 3, 1, 1);
        var sector = turned.add(ahead).remainder_(6);
        return value.sub(chroma.mul(sector.min(sector.neg().add(4)).clamp_(0, 1)));
    }

    /// <summary>Grey by ITU-R 601-2, (samples, 1, height, width); a grey image is returned itself.</summary>
    public static Tensor Grey(Tensor images) => images.shape[1] == 1 ? images
        : images.narrow(1, 0, 1).mul(0.2989f).add_(images.narrow(1, 1, 1), 0.587f).add_(images.narrow(1, 2, 1), 0.114f);

    private static Tensor Blend(Tensor images, Tensor other, Tensor share) =>
        images.mul(Each(share)).add_(other.mul(Each(share).neg().add_(1))).clamp_(0, 1);

    private static Tensor Each(Tensor amounts) => amounts.reshape(-1, 1, 1, 1);
}
