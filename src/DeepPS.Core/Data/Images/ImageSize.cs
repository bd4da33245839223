namespace DeepPS.Data;

/// <summary>The size of an image in pixels.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
public readonly record struct ImageSize(int Height, int Width)
{
    /// <summary>Width and height: <c>500x375</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
