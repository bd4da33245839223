using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>For pairs: embeddings that belong together should point one way, others should not, by the cosine between
/// them.</summary>
/// <remarks>Output (batch, 2, size), target (batch) of two classes: 1 - cosine for class 1, which belongs together, and
/// max(0, cosine - Margin) for class 0. A pair is predicted to belong together above the cosine (1 + Margin) / 2. It is
/// PyTorch's <c>nn.CosineEmbeddingLoss</c>.</remarks>
[CatalogEntry("CosineEmbedding")]
public sealed record CosineEmbedding : PairLoss
{
    /// <summary>The cosine up to which a pair that does not belong together costs nothing.</summary>
    [Setting(Position = 0, Minimum = -1, Maximum = 1)]
    public double Margin { get; init; }

    private protected override Tensor Likeness(Tensor first, Tensor second) =>
        F.cosine_similarity(first, second).sub((1 + Margin) / 2);

    private protected override Tensor Losses(Tensor first, Tensor second, Tensor target) =>
        F.cosine_embedding_loss(first, second, target.mul(2).sub(1), Margin, nn.Reduction.None);
}
