using DeepPS.Data;
using DeepPS.Inference;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Adds up loss and metrics of the samples of an epoch while a player learns from them.</summary>
internal sealed class RunningMetrics(Player player, bool hasGaps, Func<MetricSet> sums) : StepHook
{
    /// <inheritdoc/>
    public override void OnSamples(Player who, Batch batch, ObjectiveValue value, Tensor? weight)
    {
        if (who == player)
            sums().Add(value.Loss, weight, value.Output, batch.Targets!, hasGaps);
    }
}
