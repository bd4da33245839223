using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Cosine embedding loss for pairs: matching embeddings get the same direction, others do not.</summary>
/// <remarks>Output (batch, 2, size), target (batch) of two classes: 1 - cosine for class 1 (matching), and max(0,
/// cosine - Margin) for class 0. A pair is predicted as matching above the cosine (1 + Margin) / 2. It is PyTorch's
/// <c>nn.CosineEmbeddingLoss</c>.</remarks>
[CatalogEntry("CosineEmbedding")]
public sealed record CosineEmbedding : PairLoss
{
    /// <summary>The cosine up to which a pair that does not match has no loss.</summary>
    [Setting(Position = 0, Minimum = -1, Maximum = 1)]
    public double Margin { get; init; }

    private protected override Tensor Likeness(Tensor first, Tensor second) =>
        F.cosine_similarity(first, second).sub((1 + Margin) / 2);

    private protected override Tensor Losses(Tensor first, Tensor second, Tensor target) =>
        F.cosine_embedding_loss(first, second, target.mul(2).sub(1), Margin, nn.Reduction.None);
}
