using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Connectionist temporal classification (CTC): for a sequence of classes shorter than the network's output,
/// without alignment.</summary>
/// <remarks>Output (batch, steps, classes + 1) of logits or log probabilities, the last one for the blank; target
/// (batch, places), below 0 after the sequence's end. Each sample's loss is divided by its length (Graves et al.,
/// Connectionist temporal classification, 2006). Predictions are the most likely classes without repeats and blanks.
/// PyTorch's <c>nn.CTCLoss</c> with the last class as the blank.</remarks>
[CatalogEntry("CTC")]
public sealed record CTC : Loss
{
    /// <summary>Whether the infinite loss of a sequence longer than the output allows counts as 0.</summary>
    [Setting]
    public bool ZeroInfinity { get; init; }

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool Predicts => false;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (label.Shape.Rank == 1 && output.Rank == 2 && output[0] >= label.Shape[0]
            && output[1] == label.Classes.Count + 1,
            label.Shape.Rank == 1
                ? $"steps x {label.Classes.Count + 1} outputs, the last for the blank, {label.Shape[0]} steps or more"
                : "a label that is a sequence of classes");

    internal override string? Refuses(Array targets, Shape label)
    {
        var classes = ((long[])targets).AsSpan();
        for (var at = 1; at < classes.Length; at++)
            if (at % label.Size != 0 && classes[at] >= 0 && classes[at - 1] < 0)
                return "needs missing places at the end of sequences; in one a class is after a missing place";
        return null;
    }

    /// <summary>The most likely class of each step without repeats and blanks, and the probability of that
    /// path.</summary>
    /// <param name="output">(batch, steps, classes + 1).</param>
    internal static IEnumerable<(long[] Classes, double Probability)> Read(Tensor output)
    {
        var (best, path) = output.to(ScalarType.Float64).log_softmax(2).max(2);
        var (steps, blank) = ((int)output.shape[1], output.shape[2] - 1);
        return path.cpu().contiguous().data<long>().ToArray().Chunk(steps)
            .Select(classes => classes.Where((c, i) => c != blank && (i == 0 || c != classes[i - 1])).ToArray())
            .Zip(best.sum(1).exp().cpu().data<double>().ToArray());
    }

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.ndim != 3)
            throw Mismatch("(batch, steps, classes + 1)", output);
    }

    private protected override Tensor Each(Tensor output, Tensor target, Tensor? classWeights)
    {
        var blank = output.shape[2] - 1;
        var lengths = target.ge(0).sum(1);
        var steps = full([output.shape[0]], output.shape[1], dtype: ScalarType.Int64, device: output.device);
        var losses = F.ctc_loss(output.log_softmax(2).transpose(0, 1), target.clamp_min(0), steps, lengths, blank,
            ZeroInfinity, nn.Reduction.None);
        return losses.div(lengths.clamp_min(1));
    }
}
