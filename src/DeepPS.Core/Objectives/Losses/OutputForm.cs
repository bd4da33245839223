using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>The layout of outputs over classes. A label has one class, or one at each place of a sequence or an image.
/// The outputs of a place are on the last axis (places, classes), or on the first (classes, places), as in
/// convolutions. A single output per place needs no axis.</summary>
internal static class OutputForm
{
    /// <summary>A shape in words: <c>1 output</c>, <c>12x4 outputs</c>.</summary>
    public static string Words(Shape shape) => shape.Size == 1 ? "1 output" : $"{shape} outputs";

    /// <summary>The output shape for a label, with a number of outputs per place.</summary>
    public static Shape Wanted(Shape label, long perPlace) =>
        new(perPlace == 1 && label.Rank > 0 ? label : label.Append(perPlace));

    /// <summary>The number of outputs per place of a label; null if the output does not have the label's
    /// places.</summary>
    public static long? PerPlace(Shape label, Shape output)
    {
        if (output.Equals(label) && label.Rank > 0)
            return 1;
        if (output.Rank != label.Rank + 1)
            return null;
        return output.SkipLast(1).SequenceEqual(label) ? output[output.Rank - 1]
            : output.Skip(1).SequenceEqual(label) ? output[0]
            : null;
    }

    /// <summary>Reshapes a batch's output to (places, outputs), sample by sample.</summary>
    /// <param name="output">The network's output, batch first.</param>
    /// <param name="label">The sizes of one sample's label.</param>
    public static Tensor Flat(Tensor output, ReadOnlySpan<long> label)
    {
        if (label.IsEmpty)
            return output;
        var sizes = output.shape.AsSpan(1);
        if (sizes.SequenceEqual(label))
            return output.reshape(-1, 1);
        if (sizes.Length == label.Length + 1 && sizes[..^1].SequenceEqual(label))
            return output.reshape(-1, sizes[^1]);
        if (sizes.Length == label.Length + 1 && sizes[1..].SequenceEqual(label))
            return output.movedim([1], [-1]).reshape(-1, sizes[0]);
        throw new DlException("OutputMismatch", DlErrorKind.InvalidOperation,
            $"A label of {string.Join("x", label.ToArray())} classes needs outputs at each place; the network gives "
            + $"({string.Join(", ", output.shape)}), batch first. Change the last layer.");
    }
}
