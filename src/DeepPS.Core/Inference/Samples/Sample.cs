using System.Globalization;

namespace DeepPS.Inference;

/// <summary>A sample to show: its pictures and captions.</summary>
/// <param name="Row">Its number in the dataset, from 1.</param>
/// <param name="Label">Its label; "" if it has none.</param>
/// <param name="Pictures">The image itself, then views of it.</param>
/// <param name="Prediction">The model's prediction; null without a model.</param>
/// <param name="IsRight">Whether the prediction is correct; null if unknown.</param>
internal sealed record Sample(int Row, string Label, IReadOnlyList<Picture> Pictures, string? Prediction = null,
    bool? IsRight = null)
{
    /// <summary>A caption for each picture, in green or red; null: the label and the prediction below the first
    /// one.</summary>
    public IReadOnlyList<(string Text, bool? IsRight)>? Captions { get; init; }

    /// <summary>The text of a label or a prediction.</summary>
    public static string Words(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.CurrentCulture),
        _ => value.ToString()!,
    };
}
