using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Prototypical loss: an embedding gets closer to the mean of its class than to the means of the others.
/// </summary>
/// <remarks>Output (batch, size), target (batch) of classes. The first Shot samples of each class in a batch are its
/// support, whose mean is the prototype; the others are queries. The loss of a query is the cross-entropy of the
/// softmax over minus the squared distances to the prototypes (Snell, Swersky and Zemel, Prototypical networks for
/// few-shot learning, 2017). Train with <c>-Sampling Episode</c>, so that each batch has enough samples of each class.
/// </remarks>
[CatalogEntry("Prototypical")]
public sealed record Prototypical : EmbeddingLoss
{
    /// <summary>The number of samples of each class in the support.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Shot { get; init; } = 5;

    private protected override (Tensor Losses, Tensor Counting) Compare(Tensor output, Tensor same)
    {
        var place = Place(same);
        // For each sample the prototype of its class; the first sample of a class stands for the class.
        var support = same.logical_and(place.lt(Shot)).to(output.dtype);
        var centred = output.sub(output.detach().mean([0]));
        var prototypes = support.matmul(centred).div(support.sum(1, keepdim: true));
        var scores = Squares(centred, prototypes).neg();
        var classes = scores.masked_fill(place.ne(0), float.NegativeInfinity);
        return (classes.logsumexp(1).sub(scores.diagonal()), Queries(place));
    }

    private protected override Tensor Counting(Tensor same) => Queries(Place(same));

    private Tensor Queries(Tensor place) => place.ge(Shot);

    /// <summary>The number of earlier samples of the same class, for each sample (batch).</summary>
    private static Tensor Place(Tensor same) => same.to(ScalarType.Int64).tril(-1).sum(1);
}
