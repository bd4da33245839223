using System.Runtime.InteropServices;
using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// A player's way forward and back: the gradients of its objective over the batches of a step, in parts where memory is short.
/// </summary>
/// <param name="player">The player.</param>
/// <param name="augmenter">Changes batches by chance; null: batches stay as they are.</param>
/// <param name="hooks">What takes part in each step.</param>
internal sealed class GradientPass(Player player, BatchAugmenter? augmenter, IReadOnlyList<StepHook> hooks)
{
    private StepSamples samples = null!;
    private Tensor? chance;
    private int counted;
    private bool asked;

    /// <summary>How many parts each batch is cut into, whose gradients are added up: 1, 2, 4, ...</summary>
    public int Parts { get; set; } = 1;

    /// <summary>The player.</summary>
    public Player Player => player;

    /// <summary>Whether the step has come to the point at which the optimizer moves parameters.</summary>
    public bool HasGradients { get; private set; }

    /// <summary>Begins a step. It may be taken again, with more parts.</summary>
    public void Begin(StepSamples step)
    {
        (samples, counted, asked, HasGradients) = (step, 0, false, false);
        chance = augmenter?.State;
    }

    /// <summary>Takes the step.</summary>
    public void Step() => player.Optimizer.Step(Evaluate);

    /// <summary>
    /// Whether parts of a batch go forward and back in the memory that there is. It leaves gradients, and other random numbers and
    /// buffers.
    /// </summary>
    /// <param name="order">The samples.</param>
    /// <param name="size">The batch: so many of the first.</param>
    /// <param name="parts">Into how many parts it is cut.</param>
    public bool Fits(SampleOrder order, int size, int parts)
    {
        var before = augmenter?.State;
        try
        {
            using var whole = NewDisposeScope();
            // A second part's gradients are there beside the first's until they are added up.
            foreach (var (_, batch) in Take(order, 0, size).Cut(parts, player.Objective.SmallestPart).TakeLast(2))
            {
                using var scope = NewDisposeScope();
                Backward(player.Objective.Compute(batch).Total, batch);
            }

            return true;
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            return false;
        }
        finally
        {
            if (augmenter is not null)
                augmenter.State = before!;
        }
    }

    /// <summary>The objective of the step, with its gradients in the parameters.</summary>
    private Tensor Evaluate()
    {
        // An optimizer that asks again within a step asks about the same samples; so does a step that begins again.
        if (asked && augmenter is not null)
            augmenter.State = chance!;
        asked = true;
        player.Optimizer.ZeroGradients();
        var total = AddGradients();
        foreach (var hook in hooks)
            hook.BeforeUpdate(player);
        HasGradients = true;
        return total;
    }

    /// <summary>
    /// Adds up the gradients of the step's batches, each by how much its samples count: the gradient of one batch of them all.
    /// </summary>
    private Tensor AddGradients()
    {
        var several = samples.Batches.Count > 1 || Parts > 1;
        Tensor? sum = null;
        Tensor? weights = null;
        foreach (var (number, first, size) in samples.Batches)
        {
            using var whole = NewDisposeScope();
            foreach (var (start, batch) in Take(samples.Order, first, size).Cut(Parts, player.Objective.SmallestPart))
            {
                using var scope = NewDisposeScope();
                var (total, weight) = AddGradient(batch, number, first - samples.First + start, several);
                sum = Add(sum, total);
                weights = several && weight is not null ? Add(weights, weight) : null;
            }
        }

        if (weights is null)
            return sum!;
        // Where no sample of the step counts, nothing is learned from it.
        weights = weights.clamp_min(1e-30f);
        using (no_grad())
            foreach (var gradient in player.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>())
                gradient.div_(weights);
        return sum!.div(weights);

        static Tensor Add(Tensor? sum, Tensor more) =>
            (sum is null ? more : sum.add(more)).MoveToOuterDisposeScope().MoveToOuterDisposeScope();
    }

    /// <summary>Adds the gradient of a batch, or of a part, and tells the hooks.</summary>
    private (Tensor Total, Tensor? Weight) AddGradient(Batch batch, int number, int place, bool several)
    {
        var value = player.Objective.Compute(batch);
        if (!HasGradients)
            foreach (var hook in hooks)
                hook.OnLoss(value.Total, (samples.Epoch, number + 1));
        var weight = player.Objective.Weight(batch);
        var total = !several ? value.Total
            : weight is null ? value.Total.mul((double)batch.Count / samples.Count) : value.Total.mul(weight);
        Backward(total, batch);
        if (!HasGradients && place >= counted)
        {
            foreach (var hook in hooks)
                hook.OnSamples(player, batch, value, weight);
            counted = place + batch.Count;
        }

        return (total.detach(), weight);
    }

    /// <summary>A batch as the network is to see it.</summary>
    private Batch Take(SampleOrder order, int first, int size)
    {
        var batch = order.Take(first, size);
        return augmenter?.Apply(batch) ?? batch;
    }

    private void Backward(Tensor total, Batch batch)
    {
        try
        {
            total.backward();
        }
        catch (ExternalException e) when (player.Objective.Explain(e, batch) is { } explained)
        {
            throw explained;
        }
    }
}
