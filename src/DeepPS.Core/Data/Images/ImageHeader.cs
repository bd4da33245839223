namespace DeepPS.Data;

/// <summary>What an image file says of itself before its pixels are looked at.</summary>
/// <param name="Width">The width of the image as it is stored.</param>
/// <param name="Height">Its height.</param>
/// <param name="Orientation">How the stored image has to be turned.</param>
internal readonly record struct ImageHeader(int Width, int Height, ImageOrientation Orientation)
{
    /// <summary>No image may have more pixels: a few bytes can claim any number.</summary>
    public const long LargestPixels = 100_000_000;

    /// <summary>The size of the image as it is to be seen.</summary>
    public ImageSize Size => Orientation.Swaps ? new ImageSize(Width, Height) : new ImageSize(Height, Width);
}
