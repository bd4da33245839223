using System.Globalization;

namespace DeepPS.Inference;

/// <summary>A sample as it is shown: its pictures and what is written under them.</summary>
/// <param name="Row">Its number in the dataset, from 1.</param>
/// <param name="Label">Its label; "" where it has none.</param>
/// <param name="Pictures">The image itself, then views of it.</param>
/// <param name="Prediction">What a model takes it for; null: none was asked.</param>
/// <param name="IsRight">Whether the model is right; null where that cannot be said.</param>
internal sealed record Sample(int Row, string Label, IReadOnlyList<Picture> Pictures, string? Prediction = null,
    bool? IsRight = null)
{
    /// <summary>The words for a label or a prediction.</summary>
    public static string Words(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.CurrentCulture),
        _ => value.ToString()!,
    };
}
