using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses over numbers: output and target have the same shape.</summary>
public abstract record NumberLoss : Loss
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool Standardizes => true;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (output.Equals(label.Shape), OutputForm.Words(label.Shape));

    /// <summary>Whether targets that are NaN, the padding of arrays of different lengths, do not count.</summary>
    internal bool SkipsPadding { get; init; }

    internal override Loss For(LabelPlan label) => SkipsPadding == label.IsPadded ? this
        : this with { SkipsPadding = label.IsPadded };

    /// <summary>The loss of each number.</summary>
    private protected abstract Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction);

    private protected sealed override Tensor Each(Tensor output, Tensor target, Tensor? classWeights)
    {
        if (!SkipsPadding)
            return Losses(output, target, nn.Reduction.None);
        // An output at padding gets the gradient 0, also where a loss at a target of 0 would have none.
        var padding = target.isnan();
        return Losses(output.masked_fill(padding, 1), target.masked_fill(padding, 1), nn.Reduction.None)
            .masked_fill(padding, 0);
    }

    private protected sealed override Tensor? Counts(Tensor target, Tensor? classWeights) =>
        SkipsPadding ? target.isnan().logical_not().to(ScalarType.Float32) : null;

    private protected sealed override Tensor Mean(Tensor output, Tensor target, Tensor? classWeights) =>
        SkipsPadding ? base.Mean(output, target, classWeights) : Losses(output, target, nn.Reduction.Mean);

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (!output.shape.AsSpan().SequenceEqual(target.shape))
            throw Mismatch($"an output for each number of the label, ({string.Join(", ", target.shape)})", output);
    }
}
