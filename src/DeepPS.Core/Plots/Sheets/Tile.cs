namespace DeepPS.Plots;

/// <summary>A small picture of numbers.</summary>
/// <param name="Label">The line below it; empty for none.</param>
/// <param name="Width">Numbers in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1, or 3 for red, green and blue.</param>
/// <param name="Values">The numbers: channels, rows, columns.</param>
public sealed record Tile(string Label, int Width, int Height, int Channels, IReadOnlyList<float> Values)
{
    /// <summary>The numbers: channels, rows, columns.</summary>
    public IReadOnlyList<float> Values { get; } = Values.ToArray();
}
