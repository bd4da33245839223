using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Triplet margin loss: an anchor gets closer to the positive than to the negative by a margin. Needs no
/// label.</summary>
/// <remarks>Output (batch, 3, size): the embeddings of the anchor, of a positive and of a negative; max(0, d(a, p) -
/// d(a, n) + Margin). Predictions are the embeddings. PyTorch's <c>nn.TripletMarginLoss</c>.</remarks>
[CatalogEntry("TripletMargin", "Triplet")]
public sealed record TripletMargin : Loss
{
    /// <summary>The margin between the distances to the negative and to the positive.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Margin { get; init; } = 1;

    /// <summary>The norm of the distance: 2 is Euclidean.</summary>
    [Setting(Minimum = 1)]
    public int P { get; init; } = 2;

    /// <summary>Whether to use the distance from the positive to the negative if it is smaller than that from the
    /// anchor.</summary>
    [Setting]
    public bool Swap { get; init; }

    public override LabelKind LabelKind => LabelKind.Number;

    public override bool Suits(LabelKind kind) => kind is not LabelKind.Labels;

    public override bool Predicts => false;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (output.Rank == 2 && output[0] == 3, "3 embeddings a sample, 3 x size: anchor, positive, negative");

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.shape is not [_, 3, _])
            throw Mismatch("3 embeddings a sample, (batch, 3, size)", output);
    }

    private protected override Tensor Each(Tensor output, Tensor target, Tensor? classWeights) =>
        F.triplet_margin_loss(output.select(1, 0), output.select(1, 1), output.select(1, 2), Margin, P,
            swap: Swap, reduction: nn.Reduction.None);
}
