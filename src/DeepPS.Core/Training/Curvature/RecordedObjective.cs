using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A supervised objective whose layers are watched for <see cref="KFAC"/> while its recorder is on.</summary>
/// <param name="labels">The objective; it is freed too.</param>
/// <param name="context">The context of its forward passes.</param>
/// <param name="recorder">The recorder.</param>
/// <param name="sampled">Whether targets are drawn from the network's predictions; else those of the batch count.
/// </param>
internal sealed class RecordedObjective(SupervisedObjective labels, ForwardContext context, KroneckerRecorder recorder,
    bool sampled) : Objective
{
    /// <inheritdoc/>
    public override int SmallestPart => labels.SmallestPart;

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        if (!recorder.IsOn)
            return labels.Compute(batch);
        recorder.Begin();
        context.Observer = recorder;
        try
        {
            var value = labels.Compute(batch);
            recorder.Take(sampled
                ? SampledLoss.Of(labels.Loss, value.Output, batch.Targets!, context.Generator)
                : value.Total.mul(batch.Count));
            return value;
        }
        finally
        {
            context.Observer = null;
        }
    }

    /// <inheritdoc/>
    public override Tensor? Weight(Batch batch) => labels.Weight(batch);

    /// <inheritdoc/>
    public override DlException? Explain(ExternalException error, Batch batch) => labels.Explain(error, batch);

    /// <inheritdoc/>
    public override void Dispose() => labels.Dispose();
}
