namespace DeepPS.Data;

/// <summary>The header of an image file.</summary>
/// <param name="Width">The width of the image as it is stored.</param>
/// <param name="Height">Its height.</param>
/// <param name="Orientation">How the stored image must be rotated.</param>
internal readonly record struct ImageHeader(int Width, int Height, ImageOrientation Orientation)
{
    /// <summary>The largest number of pixels allowed: a few bytes can claim any number.</summary>
    public const long LargestPixels = 100_000_000;

    /// <summary>The size of the upright image.</summary>
    public ImageSize Size => Orientation.Swaps ? new ImageSize(Width, Height) : new ImageSize(Height, Width);
}
