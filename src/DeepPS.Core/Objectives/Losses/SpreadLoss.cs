using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses with several outputs per number of the label, on the last axis.</summary>
public abstract record SpreadLoss : Loss
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool Standardizes => true;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output)
    {
        var wanted = OutputForm.Wanted(label.Shape.Size == 1 ? new Shape() : label.Shape, PerNumber);
        return (output.Equals(wanted), OutputForm.Words(wanted));
    }

    /// <summary>The number of outputs per number.</summary>
    private protected abstract int PerNumber { get; }

    /// <summary>The loss of each number from (batch, ..., outputs of a number) and (batch, ...).</summary>
    private protected abstract Tensor Losses(Tensor output, Tensor target);

    private protected sealed override Tensor Each(Tensor output, Tensor target, Tensor? classWeights) =>
        Losses(output.reshape([.. target.shape, PerNumber]), target);

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.numel() != target.numel() * PerNumber)
            throw Mismatch($"{PerNumber} outputs for each number of the label, ({string.Join(", ", target.shape)})",
                output);
    }

    /// <summary>One output of each number, in the target's shape.</summary>
    private protected Tensor Part(Tensor output, int part) =>
        output.ndim == 2 ? output.narrow(1, part, 1) : output.select(-1, part);
}
