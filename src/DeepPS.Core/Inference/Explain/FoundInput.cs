namespace DeepPS.Inference;

/// <summary>An input that excites a unit of a network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Unit">The number of the unit, from 0.</param>
/// <param name="Class">The class of the unit, in the last layer of a classifier; else null.</param>
/// <param name="Activation">The unit's activation; of a channel that in the middle of its map.</param>
/// <param name="Before">The activation for the first image, which is plain.</param>
/// <param name="Prediction">What the model predicts for the input.</param>
/// <param name="Probability">The probability of the prediction; null if the model gives none.</param>
public sealed record FoundInput(string Layer, int Unit, object? Class, double Activation, double Before,
    object Prediction, double? Probability)
{
    /// <summary>The name of the input's column.</summary>
    public string Column() => Name;

    /// <summary>The pixels: channels, height, width.</summary>
    public byte[] Pixels() => Bytes;

    internal string Name { get; init; } = "";

    internal byte[] Bytes { get; init; } = [];
}
