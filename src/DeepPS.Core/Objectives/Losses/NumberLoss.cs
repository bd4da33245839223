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

    /// <summary>The loss of each number.</summary>
    private protected abstract Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction);

    private protected sealed override Tensor Each(Tensor output, Tensor target, Tensor? classWeights) =>
        Losses(output, target, nn.Reduction.None);

    private protected sealed override Tensor Mean(Tensor output, Tensor target, Tensor? classWeights) =>
        Losses(output, target, nn.Reduction.Mean);

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (!output.shape.AsSpan().SequenceEqual(target.shape))
            throw Mismatch($"an output for each number of the label, ({string.Join(", ", target.shape)})", output);
    }
}
