using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Takes part in each step of a training. The order of the calls in a step, for each player: <see cref="OnLoss"/> and
/// <see cref="OnSamples"/> for each batch, <see cref="BeforeUpdate"/>, <see cref="AfterUpdate"/>; then once <see cref="AfterStep"/>.
/// </summary>
internal abstract class StepHook
{
    /// <summary>After the forward pass of a batch, before its gradients. An exception leaves the step out.</summary>
    /// <param name="place">The epoch and the number of the batch, from 1.</param>
    /// <param name="total">What the gradient is taken of, a tensor of no axes.</param>
    public virtual void OnLoss(Tensor total, (int Epoch, int Batch) place)
    {
    }

    /// <summary>When a player has seen samples for the first time in an epoch, after their gradients.</summary>
    /// <param name="player">The player.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="value">Its objective.</param>
    /// <param name="weight">How much the loss counts; null: by the samples.</param>
    public virtual void OnSamples(Player player, Batch batch, ObjectiveValue value, Tensor? weight)
    {
    }

    /// <summary>When the gradients of a step are complete. An optimizer that asks again within a step calls it again.</summary>
    public virtual void BeforeUpdate(Player player)
    {
    }

    /// <summary>When a player's parameters have moved.</summary>
    public virtual void AfterUpdate(Player player)
    {
    }

    /// <summary>When all players have taken their step; false: it was the last.</summary>
    public virtual bool AfterStep() => true;

    /// <summary>When the training begins anew from its last good parameters.</summary>
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
