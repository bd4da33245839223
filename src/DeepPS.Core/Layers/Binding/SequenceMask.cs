using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The mask that layers over sequences take as a last input of shape (time): 0 where there is padding,
/// anything else where there is not.</summary>
internal static class SequenceMask
{
    /// <summary>Refuses inputs other than so many sequences (rank 2) and, behind them, perhaps a mask of the last one's
    /// time.</summary>
    /// <param name="inputs">The shapes that came.</param>
    /// <param name="sequences">How many sequences there must be.</param>
    /// <param name="wants">What the sequences are, in words.</param>
    public static void Check(IReadOnlyList<Shape> inputs, int sequences, string wants)
    {
        var fits = (inputs.Count == sequences || inputs.Count == sequences + 1)
            && inputs.Take(sequences).All(input => input.Rank == 2)
            && (inputs.Count == sequences || inputs[^1] is { Rank: 1 } mask && mask[0] == inputs[^2][0]);
        if (fits)
            return;
        var one = sequences == 1;
        throw new ShapeException(
            $"{wants}, and behind {(one ? "it" : "them")}, where sequences are padded, a mask with a number "
            + $"for each step of the {(one ? "sequence" : "last")} (rank 1)"
            + (inputs.Count == 1 && one && inputs[0].Rank == 1
                ? $"; put Reshape {inputs[0]}x1 before it where a step is one number"
                : ""),
            inputs);
    }

    /// <summary>How long each sequence is, to its last real step and 1 at least: (samples), int64 on the CPU. Null: all
    /// are as long as the batch.</summary>
    public static Tensor? Lengths(Tensor mask)
    {
        var time = mask.shape[1];
        var lengths = mask.ne(0).mul(arange(1, time + 1, ScalarType.Int64, mask.device)).amax([1]).clamp_min(1).cpu();
        return lengths.min().ToInt64() == time ? null : lengths;
    }
}
