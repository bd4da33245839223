using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The mask that layers over sequences take as an optional last input of shape (time): 0 for
/// padding.</summary>
internal static class SequenceMask
{
    /// <summary>Throws unless the inputs are the given number of sequences (rank 2), optionally followed by a mask with
    /// the time of the last one.</summary>
    /// <param name="inputs">The actual shapes.</param>
    /// <param name="sequences">The required number of sequences.</param>
    /// <param name="sequence">The required sequences, in words.</param>
    public static void Check(IReadOnlyList<Shape> inputs, int sequences, string sequence)
    {
        var fits = (inputs.Count == sequences || inputs.Count == sequences + 1)
            && inputs.Take(sequences).All(input => input.Rank == 2)
            && (inputs.Count == sequences || inputs[^1] is { Rank: 1 } mask && mask[0] == inputs[^2][0]);
        if (fits)
            return;
        var one = sequences == 1;
        throw new ShapeException(
            $"{sequence}, and after {(one ? "it" : "them")}, if sequences are padded, a mask with a number "
            + $"for each step of the {(one ? "sequence" : "last")} (rank 1)"
            + (inputs.Count == 1 && one && inputs[0].Rank == 1
                ? $"; put Reshape {inputs[0]}x1 before it if a step is one number"
                : ""),
            inputs);
    }

    /// <summary>The length of each sequence up to its last step that is not padding, at least 1: (samples), int64 on
    /// the CPU; null if all have the full length.</summary>
    public static Tensor? Lengths(Tensor mask)
    {
        var time = mask.shape[1];
        var lengths = mask.ne(0).mul(arange(1, time + 1, ScalarType.Int64, mask.device)).amax([1]).clamp_min(1).cpu();
        return lengths.min().ToInt64() == time ? null : lengths;
    }
}
