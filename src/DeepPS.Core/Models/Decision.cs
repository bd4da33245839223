using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Models;

/// <summary>How a model's outputs become predicted classes, chosen on validation data after the training. A further
/// training discards it.</summary>
public sealed record Decision
{
    /// <summary>The positive class; null for the second of two classes.</summary>
    public string? Positive { get; init; }

    /// <summary>The probability from which the positive class is predicted; null for the most likely class.</summary>
    public double? Threshold { get; init; }

    /// <summary>The divisor of the logits; 1 leaves the probabilities as they are.</summary>
    public double Temperature { get; init; } = 1;

    internal JsonObject ToJson() => new()
    {
        ["positive"] = Positive, ["threshold"] = Threshold, ["temperature"] = Temperature,
    };

    internal static Decision FromJson(JsonNode json) => new()
    {
        Positive = json.TextOrNull("positive"), Threshold = json.NumberOrNull("threshold"),
        Temperature = json.NumberOrNull("temperature") ?? 1,
    };
}
