using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Further numbers of a network's output besides the prediction.</summary>
/// <param name="Name">The name of the numbers.</param>
/// <param name="Values">The numbers, of the target's shape.</param>
/// <param name="IsDeviation">Whether they are distances in the label's unit, which the label's mean does not
/// shift.</param>
internal sealed record FurtherOutput(string Name, Tensor Values, bool IsDeviation = false)
{
    /// <summary>The name of the lower end of an interval.</summary>
    public const string Low = nameof(Low);

    /// <summary>The name of its upper end.</summary>
    public const string High = nameof(High);
}
