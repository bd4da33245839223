using System.Runtime.InteropServices;
using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// A player's forward and backward pass: the gradients of its objective over the batches of a step, computed in parts
/// if memory is short.
/// </summary>
/// <param name="player">The player.</param>
/// <param name="augmenter">Augments batches; null: batches are used unchanged.</param>
/// <param name="hooks">The hooks of each step.</param>
internal sealed class GradientPass(Player player, BatchAugmenter? augmenter, IReadOnlyList<StepHook> hooks)
{
    private StepSamples samples = null!;
    private Tensor? chance;
    private int counted;
    private bool asked;

    /// <summary>The number of parts of each batch, whose gradients are added up: 1, 2, 4, ...</summary>
    public int Parts { get; set; } = 1;

    /// <summary>The player.</summary>
    public Player Player => player;

    /// <summary>Whether the gradients of the step are complete: from then on the optimizer moves parameters.</summary>
    public bool HasGradients { get; private set; }

    /// <summary>Begins a step. It can be taken again, with more parts.</summary>
    public void Begin(StepSamples step)
    {
        (samples, counted, asked, HasGradients) = (step, 0, false, false);
        chance = augmenter?.State;
    }

    /// <summary>Takes the step.</summary>
    public void Step() => player.Optimizer.Step(Evaluate);

    /// <summary>
    /// Whether the forward and backward pass of a part fits into memory. It leaves gradients in the parameters, and
    /// changes random numbers and buffers.
    /// </summary>
    /// <param name="order">The samples.</param>
    /// <param name="size">The size of the batch, which is made of the first samples.</param>
    /// <param name="parts">The number of parts of the batch.</param>
    public bool Fits(SampleOrder order, int size, int parts)
    {
        var before = augmenter?.State;
        try
        {
            using var whole = NewDisposeScope();
            // The second part's gradients exist beside the first's until they are added up.
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

    /// <summary>Computes the objective of the step and leaves its gradients in the parameters.</summary>
    private Tensor Evaluate()
    {
        // A second evaluation in a step, or a repeated step, must see the same augmented samples.
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

    /// <summary>Adds up the gradients of the step's batches.</summary>
    private Tensor AddGradients()
    {
        var loss = new StepLoss(samples.Count, several: samples.Batches.Count > 1 || Parts > 1);
        foreach (var (number, first, size) in samples.Batches)
        {
            using var whole = NewDisposeScope();
            foreach (var (start, batch) in Take(samples.Order, first, size).Cut(Parts, player.Objective.SmallestPart))
            {
                using var scope = NewDisposeScope();
                AddGradient(loss, batch, number, first - samples.First + start);
            }
        }

        return loss.Finish(player.Parameters);
    }

    /// <summary>Adds the gradient of a batch, or of a part, and calls the hooks.</summary>
    private void AddGradient(StepLoss loss, Batch batch, int number, int place)
    {
        var value = player.Objective.Compute(batch);
        if (!HasGradients)
            foreach (var hook in hooks)
                hook.OnLoss(value.Total, (samples.Epoch, number + 1));
        var weight = player.Objective.Weight(batch);
        var share = loss.Share(value.Total, batch.Count, weight);
        Backward(share, batch);
        if (!HasGradients && place >= counted)
        {
            foreach (var hook in hooks)
                hook.OnSamples(player, batch, value, weight);
            counted = place + batch.Count;
        }

        loss.Add(share.detach(), weight);
    }

    /// <summary>A batch as the network sees it.</summary>
    private Batch Take(SampleOrder order, int first, int size)
    {
        var batch = order.Take(first, size);
        return augmenter?.Apply(batch) ?? batch;
    }

    private void Backward(Tensor total, Batch batch)
    {
        try
        {
            player.Objective.Backward(total);
        }
        catch (ExternalException e) when (player.Objective.Explain(e, batch) is { } explained)
        {
            throw explained;
        }
    }
}
