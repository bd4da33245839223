using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A supervised objective whose batches are kept for products with the curvature.</summary>
/// <param name="labels">The objective; it is freed too.</param>
/// <param name="product">Keeps the batches.</param>
internal sealed class KeptObjective(SupervisedObjective labels, GaussNewtonProduct product) : Objective
{
    /// <inheritdoc/>
    public override int SmallestPart => labels.SmallestPart;

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        product.Keep(batch);
        return labels.Compute(batch);
    }

    /// <inheritdoc/>
    public override Tensor? Weight(Batch batch) => labels.Weight(batch);

    /// <inheritdoc/>
    public override DlException? Explain(ExternalException error, Batch batch) => labels.Explain(error, batch);

    /// <inheritdoc/>
    public override void Dispose()
    {
        product.Dispose();
        labels.Dispose();
    }
}
