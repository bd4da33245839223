using DeepPS.Layers;

namespace DeepPS.Training;

/// <summary>Keeps pruned weights at 0: with no gradient they do not count in clipping and in an optimizer's momenta,
/// and after a step they are 0 for whatever rule. Such training after pruning is as in Han, Pool, Tran and Dally,
/// Learning both Weights and Connections for Efficient Neural Networks (2015).</summary>
internal sealed class PruningHook : StepHook
{
    /// <inheritdoc/>
    public override void BeforeUpdate(Player player) =>
        WeightMask.Apply(player.Parameters, parameter => parameter.Value.grad);

    /// <inheritdoc/>
    public override void AfterUpdate(Player player) =>
        WeightMask.Apply(player.Parameters, parameter => parameter.Value);
}
