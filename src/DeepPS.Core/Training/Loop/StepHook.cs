using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Is called in each step of a training. The order of the calls, for each player: <see cref="OnLoss"/> and
/// <see cref="OnSamples"/> for each batch, <see cref="BeforeUpdate"/>, <see cref="AfterUpdate"/>; then, once for all
/// players, <see cref="AfterStep"/>.
/// </summary>
internal abstract class StepHook
{
    /// <summary>
    /// After the forward pass of a batch, before its gradients. An exception ends the step without an update.
    /// </summary>
    /// <param name="place">The epoch and the number of the batch, from 1.</param>
    /// <param name="total">The value to differentiate, a scalar.</param>
    public virtual void OnLoss(Tensor total, (int Epoch, int Batch) place)
    {
    }

    /// <summary>After the gradients of samples that the player sees for the first time in the epoch.</summary>
    /// <param name="player">The player.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="value">Their objective.</param>
    /// <param name="weight">The weight of the loss; null: the number of samples.</param>
    public virtual void OnSamples(Player player, Batch batch, ObjectiveValue value, Tensor? weight)
    {
    }

    /// <summary>When the gradients of a step are complete: once for each evaluation that the optimizer makes.</summary>
    public virtual void BeforeUpdate(Player player)
    {
    }

    /// <summary>After the update of a player's parameters.</summary>
    public virtual void AfterUpdate(Player player)
    {
    }

    /// <summary>After the step of all players; false stops the training.</summary>
    public virtual bool AfterStep() => true;

    /// <summary>When the training restarts from its last good parameters.</summary>
    public virtual void Restart()
    {
    }
}

/// <summary>Clips gradients.</summary>
internal sealed class ClipHook(TrainingOptions options) : StepHook
{
    public override void BeforeUpdate(Player player) => GradientClip.Apply(player.Parameters, options);
}

/// <summary>Keeps the norms of weights within the limits of their layers.</summary>
internal sealed class MaxNormHook : StepHook
{
    public override void AfterUpdate(Player player) => MaxNormConstraint.Apply(player.Parameters);
}
