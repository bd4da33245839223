namespace DeepPS.Data;

/// <summary>
/// The placement of an image: it is scaled to a size, a window of that is taken, and its pixels go to a plane at fixed
/// steps. The steps also rotate and mirror it, so that a stored image becomes upright without another pass.
/// </summary>
/// <param name="Scaled">The size that the stored image is scaled to.</param>
/// <param name="Top">The first row of the window.</param>
/// <param name="Left">Its first column.</param>
/// <param name="Rows">The number of rows of the window.</param>
/// <param name="Columns">The number of its columns.</param>
/// <param name="First">The place of the window's first pixel in the plane.</param>
/// <param name="RowStep">The distance from a pixel to that in the next row.</param>
/// <param name="ColumnStep">The distance from a pixel to that in the next column.</param>
internal readonly record struct ImagePlacement(
    (long Height, long Width) Scaled, long Top, long Left, int Rows, int Columns, int First, int RowStep,
    int ColumnStep)
{
    /// <summary>Whether the window does not cover the whole plane.</summary>
    public bool LeavesRest(ImageSize plane) => (long)Rows * Columns < (long)plane.Height * plane.Width;

    /// <summary>The place of an image in a plane.</summary>
    /// <param name="image">The size of the upright image.</param>
    /// <param name="orientation">How the stored image is rotated to be upright.</param>
    /// <param name="plane">The target size.</param>
    /// <param name="fit">How the image gets that size.</param>
    public static ImagePlacement Of(ImageSize image, ImageOrientation orientation, ImageSize plane, ImageFit fit)
    {
        var (height, width) = ScaledSize(image, plane, fit);
        var (rows, columns) = ((int)Math.Min(height, plane.Height), (int)Math.Min(width, plane.Width));
        var (top, left) = (Half(height - rows), Half(width - columns));
        var corner = (plane.Height - rows) / 2 * plane.Width + (plane.Width - columns) / 2;
        return orientation.Swaps
            ? Along(orientation, (width, height), (left, top), (columns, rows), corner, (1, plane.Width))
            : Along(orientation, (height, width), (top, left), (rows, columns), corner, (plane.Width, 1));
    }

    /// <summary>The place in terms of stored rows and columns, which may run back.</summary>
    private static ImagePlacement Along(
        ImageOrientation orientation, (long Height, long Width) scaled, (long Top, long Left) window,
        (int Rows, int Columns) size, int corner, (int Row, int Column) step)
    {
        var (downwards, across) = (!orientation.ColumnsRunBack, !orientation.RowsRunBack);
        return new ImagePlacement(scaled,
            downwards ? window.Top : scaled.Height - size.Rows - window.Top,
            across ? window.Left : scaled.Width - size.Columns - window.Left,
            size.Rows, size.Columns,
            corner + (downwards ? 0 : (size.Rows - 1) * step.Row) + (across ? 0 : (size.Columns - 1) * step.Column),
            downwards ? step.Row : -step.Row,
            across ? step.Column : -step.Column);
    }

    private static (long Height, long Width) ScaledSize(ImageSize image, ImageSize plane, ImageFit fit)
    {
        var isNarrower = (long)image.Width * plane.Height <= (long)plane.Width * image.Height;
        if (fit == ImageFit.Stretch)
            return (plane.Height, plane.Width);
        if (fit == ImageFit.ShortSide)
            return isNarrower
                ? ((long)plane.Width * image.Height / image.Width, plane.Width)
                : (plane.Height, (long)plane.Height * image.Width / image.Height);
        return isNarrower
            ? (plane.Height, Math.Max(1, Rounded((double)plane.Height * image.Width / image.Height)))
            : (Math.Max(1, Rounded((double)plane.Width * image.Height / image.Width)), plane.Width);
    }

    /// <summary>Half of the excess, rounded to the even number as in torchvision's CenterCrop.</summary>
    private static long Half(long rest) => Rounded(rest / 2.0);

    private static long Rounded(double value) => (long)Math.Round(value);
}
