using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Sparsity penalty for activities from 0 to 1: pulls each unit's mean over the batch to a small
/// target.</summary>
/// <remarks>beta times the sum over units of rho log(rho / m) + (1 - rho) log((1 - rho) / (1 - m)), m the unit's mean
/// over the batch. From Ng, Sparse autoencoder (CS294A, 2011). Use it after a Sigmoid: outside 0 to 1 it has no
/// gradient.</remarks>
[CatalogEntry("KLSparsity")]
public sealed record KLSparsity : Regularizer
{
    /// <summary>The distance that means keep from 0 and 1, to avoid the log of 0.</summary>
    private const double Nearest = 1e-7;

    /// <summary>The target of a unit's mean activity.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double Rho { get; init; } = 0.05;

    /// <summary>The weight of the penalty.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Beta { get; init; } = 3;

    public override bool TakesWeights => false;

    internal override bool SeesWholeBatch => true;

    public override Tensor Penalty(Tensor weight) =>
        throw new NotSupportedException("a mean activity is of activities: weights have none");

    public override Tensor ActivityPenalty(Tensor activity)
    {
        var mean = activity.mean([0]).clamp(Nearest, 1 - Nearest);
        var active = mean.reciprocal().mul(Rho).log().mul(Rho);
        var still = mean.neg().add(1).reciprocal().mul(1 - Rho).log().mul(1 - Rho);
        return active.add(still).sum().mul(Beta);
    }

    protected internal override void Validate()
    {
        if (Rho is 0 or 1)
            throw SettingProblem.Of(this, nameof(Rho), "a number between 0 and 1, neither of them", Rho);
    }
}
