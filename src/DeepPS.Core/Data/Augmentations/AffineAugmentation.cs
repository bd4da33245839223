using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Base of augmentations that rotate, scale, shear or shift an image, which keeps its size.</summary>
public abstract record AffineAugmentation : ImageAugmentation
{
    /// <summary>How values between pixels are interpolated.</summary>
    [Setting]
    public Resampling Interpolation { get; init; }

    /// <summary>Value of pixels outside the image: 0 is black, 1 white.</summary>
    [Setting]
    public double Fill { get; init; }

    private protected sealed override bool Moves => true;

    /// <summary>Draws a map for each image of a height and a width.</summary>
    private protected abstract AffineMap Map(BatchRandom random, long height, long width);

    private protected sealed override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var map = Map(random, images.shape[2], images.shape[3]);
        return batch => map.Read(batch, Interpolation, Fill);
    }
}
