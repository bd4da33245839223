using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Data;

/// <summary>
/// An affine map of each image of a batch about its centre: sheared, rotated, scaled, then shifted. The formulas are
/// those of torchvision's <c>functional.affine</c>.
/// </summary>
/// <param name="Angle">Rotation in degrees, clockwise, (samples), float32.</param>
/// <param name="Scale">Scale factor, (samples); null: 1.</param>
/// <param name="Shift">Shift in pixels to the right and down, each (samples); null: none.</param>
/// <param name="Shear">Shear of the columns in degrees, (samples); null: none.</param>
internal sealed record AffineMap(
    Tensor Angle, Tensor? Scale = null, (Tensor Right, Tensor Down)? Shift = null, Tensor? Shear = null)
{
    private const double Radians = Math.PI / 180;

    /// <summary>Reads mapped images of the size of the images.</summary>
    /// <param name="images">(samples, channels, height, width).</param>
    /// <param name="resampling">How values between pixels are interpolated.</param>
    /// <param name="fill">Value of pixels outside an image.</param>
    public Tensor Read(Tensor images, Resampling resampling, double fill)
    {
        var grid = F.affine_grid(Back((double)images.shape[2], images.shape[3]), images.shape, align_corners: false);
        var shifted = fill == 0 ? images : images.sub(fill);
        var read = F.grid_sample(shifted, grid, resampling.Torchs(), GridSamplePaddingMode.Zeros, align_corners: false);
        return fill == 0 ? read : read.add(fill);
    }

    /// <summary>
    /// The source of each pixel of the mapped image, (samples, 2, 3): x and y from -1 to 1 over the image.
    /// </summary>
    private Tensor Back(double height, double width)
    {
        var turn = Angle.mul(Radians);
        var (cosine, sine) = (turn.cos(), turn.sin());
        // The map is [a b; c d], of determinant 1 before scaling; its inverse is [d -b; -c a] / scale.
        var lean = Shear?.mul(Radians).tan();
        var b = lean is null ? sine.neg() : cosine.mul(lean).add(sine).neg();
        var d = lean is null ? cosine : cosine.sub(sine.mul(lean));
        var (xx, xy, yx, yy) = (d, b.neg(), sine.neg(), cosine);
        if (Scale is not null)
            (xx, xy, yx, yy) = (xx.div(Scale), xy.div(Scale), yx.div(Scale), yy.div(Scale));
        var (x, y) = (zeros_like(xx), zeros_like(xx));
        if (Shift is var (right, down))
            (x, y) = (xx.mul(right).add(xy.mul(down)).neg(), yx.mul(right).add(yy.mul(down)).neg());
        return stack([xx, xy.mul(height / width), x.mul(2 / width), yx.mul(width / height), yy, y.mul(2 / height)],
            1).reshape(-1, 2, 3);
    }
}
