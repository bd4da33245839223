using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses that compare the embeddings of a batch's samples by their classes: output (batch, size),
/// target (batch). Batches need several samples of each class, as with episodes.</summary>
public abstract record EmbeddingLoss : Loss
{
    public override LabelKind LabelKind => LabelKind.Class;

    /// <summary>Predictions are the embeddings: a class is that of neighbors in a support set.</summary>
    public override bool Predicts => false;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (output.Rank == 1 && label.Shape.Rank == 0, "an embedding, one row of numbers a sample, and one class a row");

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.ndim != 2)
            throw Mismatch("an embedding a sample, (batch, size)", output);
    }

    /// <summary>The loss of each sample (batch), and which samples count (batch), bool.</summary>
    /// <param name="output">The embeddings.</param>
    /// <param name="same">Whether two samples have one class (batch, batch).</param>
    private protected abstract (Tensor Losses, Tensor Counting) Compare(Tensor output, Tensor same);

    private protected sealed override Tensor Each(Tensor output, Tensor target, Tensor? classWeights)
    {
        var (losses, counting) = Compare(output, Same(target));
        return losses.where(counting, zeros_like(losses));
    }

    private protected sealed override Tensor? Counts(Tensor target, Tensor? classWeights) =>
        Counting(Same(target)).to(ScalarType.Float32);

    /// <summary>Which samples count (batch), bool.</summary>
    private protected abstract Tensor Counting(Tensor same);

    /// <summary>The squared Euclidean distances (rows, columns) between embeddings.</summary>
    private protected static Tensor Squares(Tensor rows, Tensor columns) =>
        rows.square().sum(1, keepdim: true).add(columns.square().sum(1)).add(rows.matmul(columns.t()), -2)
            .clamp_min(0);

    /// <summary>The Euclidean distances between all samples, with a finite gradient at 0.</summary>
    private protected static Tensor Distances(Tensor output)
    {
        // Distances do not depend on the origin; near it they lose fewer digits.
        var centred = output.sub(output.detach().mean([0]));
        return Squares(centred, centred).add(1e-12).sqrt();
    }

    /// <summary>The pairs of a sample with itself (batch, batch).</summary>
    private protected static Tensor Self(Tensor same) =>
        eye(same.shape[0], dtype: ScalarType.Bool, device: same.device);

    private static Tensor Same(Tensor target) => target.unsqueeze(1).eq(target.unsqueeze(0));
}
