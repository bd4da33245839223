using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Numbers that a network's output says of each sample besides the prediction.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The numbers, of the target's shape.</param>
/// <param name="IsDeviation">Whether they are distances in the label's unit, not values of it.</param>
internal sealed record FurtherOutput(string Name, Tensor Values, bool IsDeviation = false);
