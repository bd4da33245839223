using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses over pairs: the network gives two embeddings per sample (2, size), and class 1, the second
/// by name (same, True, 1), means that they match.</summary>
public abstract record PairLoss : Loss
{
    public override LabelKind LabelKind => LabelKind.Class;

    public override bool WeighsClasses => true;

    public override Tensor Classes(Tensor output) =>
        Likeness(output.select(1, 0), output.select(1, 1)).gt(0).to(ScalarType.Int64);

    internal override Tensor Scores(Tensor output)
    {
        var likeness = Likeness(output.select(1, 0), output.select(1, 1));
        return stack([likeness.neg(), likeness], 1);
    }

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (output.Rank == 2 && output[0] == 2 && label.Shape.Rank == 0 && label.Classes.Count == 2,
            "2 embeddings a sample, 2 x size, and two classes, such as same and different");

    /// <summary>The similarity of two embeddings (batch, size): above 0 for a predicted match, (batch).</summary>
    private protected abstract Tensor Likeness(Tensor first, Tensor second);

    /// <summary>The loss of each pair. The target is 1 for a match, else 0: (batch), float32.</summary>
    private protected abstract Tensor Losses(Tensor first, Tensor second, Tensor target);

    private protected sealed override Tensor Each(Tensor output, Tensor target, Tensor? classWeights)
    {
        var losses = Losses(output.select(1, 0), output.select(1, 1), target.to_type(output.dtype));
        return classWeights is null ? losses : losses.mul(classWeights.index_select(0, target));
    }

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.shape is not [_, 2, _])
            throw Mismatch("2 embeddings a sample, (batch, 2, size)", output);
    }
}
