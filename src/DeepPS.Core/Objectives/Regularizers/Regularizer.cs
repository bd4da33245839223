using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>What makes a layer's weights, biases or activities small: a penalty that is added to the loss while
/// training.</summary>
[CatalogBase(CatalogKind.Regularizer)]
public abstract record Regularizer : CatalogItem
{
    /// <summary>Whether it is for weights and biases too, not for activities alone.</summary>
    public virtual bool TakesWeights => true;

    /// <summary>The penalty on a weight or a bias.</summary>
    /// <returns>A tensor of no axes.</returns>
    public abstract Tensor Penalty(Tensor weight);

    /// <summary>The penalty on a layer's output for a batch: the mean over the samples of each one's.</summary>
    /// <param name="activity">(samples, output shape).</param>
    /// <returns>A tensor of no axes.</returns>
    public virtual Tensor ActivityPenalty(Tensor activity) => Penalty(activity).div(activity.shape[0]);
}
