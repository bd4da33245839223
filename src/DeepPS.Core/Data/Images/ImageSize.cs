namespace DeepPS.Data;

/// <summary>The size of an image in pixels.</summary>
/// <param name="Height">How many rows it has.</param>
/// <param name="Width">How many columns it has.</param>
public readonly record struct ImageSize(int Height, int Width)
{
    /// <summary>Width and height, as sizes of pictures are said: <c>500x375</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
