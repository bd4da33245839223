using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>For a sequence of classes that is shorter than the network's: the loss over all ways to read the one as the
/// other.</summary>
/// <remarks>Output (batch, steps, classes + 1) of logits or logarithms of probabilities, the last of them a blank;
/// target (batch, places), with no class from the sequence's end on. Each sample's loss is by its length (Graves et
/// al., Connectionist temporal classification, 2006). Predictions are the likeliest classes, runs and blanks removed.
/// It is PyTorch's <c>nn.CTCLoss</c> with the last class as the blank.</remarks>
[CatalogEntry("CTC")]
public sealed record CTC : Loss
{
    /// <summary>Counts a sequence that cannot be read out of so few steps as 0, not as infinite.</summary>
    [Setting]
    public bool ZeroInfinity { get; init; }

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool Predicts => false;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (label.Shape.Rank == 1 && output.Rank == 2 && output[0] >= label.Shape[0]
            && output[1] == label.Classes.Count + 1,
            label.Shape.Rank == 1
                ? $"steps x {label.Classes.Count + 1} outputs, the last for the blank, of {label.Shape[0]} steps or more"
                : "a label that is a sequence of classes");

    internal override string? Refuses(Array targets, Shape label)
    {
        var classes = ((long[])targets).AsSpan();
        for (var at = 1; at < classes.Length; at++)
            if (at % label.Size != 0 && classes[at] >= 0 && classes[at - 1] < 0)
                return "takes sequences with their missing places at the end; in one a class comes after a missing place";
        return null;
    }

    /// <summary>The likeliest class of each step, runs and blanks removed, and the probability of that way through the
    /// steps.</summary>
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
