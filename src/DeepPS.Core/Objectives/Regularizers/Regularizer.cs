using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>A penalty on a layer's weights, biases or activities that is added to the loss while training.</summary>
[CatalogBase(CatalogKind.Regularizer)]
public abstract record Regularizer : CatalogItem
{
    /// <summary>Whether it supports weights and biases, not only activities.</summary>
    public virtual bool TakesWeights => true;

    /// <summary>Whether its penalty on activities is not the mean of the penalties on parts of the batch.</summary>
    internal virtual bool SeesWholeBatch => false;

    /// <summary>The penalty on a weight or a bias.</summary>
    /// <returns>A scalar tensor.</returns>
    public abstract Tensor Penalty(Tensor weight);

    /// <summary>The penalty on a layer's output for a batch: the mean over the samples.</summary>
    /// <param name="activity">(samples, output shape).</param>
    /// <returns>A scalar tensor.</returns>
    public virtual Tensor ActivityPenalty(Tensor activity) => Penalty(activity).div(activity.shape[0]);
}
