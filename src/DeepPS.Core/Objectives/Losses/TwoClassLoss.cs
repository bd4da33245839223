using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses over two classes with one output: above 0 means class 1, the second by name.</summary>
public abstract record TwoClassLoss : ClassLoss
{
    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Labels;

    public override Tensor Classes(Tensor output) => One(output).flatten().gt(0).to(ScalarType.Int64);

    internal override Tensor Scores(Tensor output) => cat([output.neg(), output], 1);

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        label.Kind is LabelKind.Labels
            ? (output.Equals(label.Shape), OutputForm.Words(label.Shape) + ", one for each name")
        : (OutputForm.PerPlace(label.Shape, output) == 1 && label.Classes.Count == 2,
            OutputForm.Words(OutputForm.Wanted(label.Shape, 1)) + " and two classes");

    /// <summary>The loss of each place from its output and its class, 0 or 1, both (places), float32.</summary>
    private protected abstract Tensor Losses(Tensor output, Tensor target);

    private protected sealed override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        Weighted(Losses(One(output).flatten(), target.to_type(output.dtype)), target, classWeights);

    /// <summary>The output, checked to be one per place.</summary>
    private protected Tensor One(Tensor output) => output.shape is [_, 1] ? output
        : throw Mismatch("a network with 1 output; end it with Dense 1, or take a loss with an output for each class",
            output);
}
