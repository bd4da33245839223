using System.Runtime.InteropServices;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>A training's way forward and back: batches through the network, and the gradients of what comes out.</summary>
/// <param name="network">The network.</param>
/// <param name="loss">What is made small.</param>
/// <param name="classWeights">How much each class counts, (classes), float32; null: all the same.</param>
/// <param name="context">What layers need to know.</param>
/// <param name="augmenter">What changes batches by chance; null: nothing does.</param>
/// <param name="guard">What looks at each loss.</param>
/// <param name="hasGaps">Whether a place of a label has no class.</param>
internal sealed class GradientPass(Network network, Loss loss, Tensor? classWeights, ForwardContext context, BatchAugmenter? augmenter,
    FiniteGuard guard, bool hasGaps)
{
    private int counted;

    /// <summary>Into how many parts each batch is cut, whose gradients are added up: 1, 2, 4, ...</summary>
    public int Parts { get; set; } = 1;

    /// <summary>How many samples a part has at least: batch normalisation cannot learn from one.</summary>
    public int Smallest => network.Buffers.Count > 0 ? 2 : 1;

    /// <summary>Begins a step: none of its samples is in the sums yet.</summary>
    public void Begin() => counted = 0;

    /// <summary>
    /// Adds up the gradients of a step's batches, each by how much its samples count: what one batch of them all would give.
    /// </summary>
    /// <param name="batches">The step's batches: the number of each in the epoch, its first sample and its size.</param>
    /// <param name="order">The samples in the order of the epoch.</param>
    /// <param name="epoch">The epoch's number, for errors.</param>
    /// <param name="sums">Where losses and metrics are added up, of each sample once; null: they are already.</param>
    /// <returns>What the gradients are of.</returns>
    public Tensor Backward(IReadOnlyList<(int Number, int First, int Size)> batches, SampleOrder order, int epoch, MetricSet? sums)
    {
        var all = batches.Sum(batch => batch.Size);
        var several = batches.Count > 1 || Parts > 1;
        Tensor? total = null;
        Tensor? weights = null;
        foreach (var (number, first, size) in batches)
        {
            using var whole = NewDisposeScope();
            foreach (var (start, batch) in Take(order, first, size).Cut(Parts, Smallest))
            {
                using var scope = NewDisposeScope();
                var (output, batchLoss, objective) = Forward(batch);
                if (sums is not null)
                    guard.CheckStep(objective, epoch, number + 1);
                var weight = loss.Total(batch.Targets!, classWeights, batch.Weights);
                if (several)
                    objective = weight is null ? objective.mul((double)batch.Count / all) : objective.mul(weight);
                Gradients(objective, batch);
                var place = first - batches[0].First + start;
                if (sums is not null && place >= counted)
                {
                    sums.Add(batchLoss, weight, output, batch.Targets!, hasGaps);
                    counted = place + batch.Count;
                }

                total = Add(total, objective.detach());
                weights = several && weight is not null ? Add(weights, weight) : null;
            }
        }

        if (weights is null)
            return total!;
        // Where no sample of the step counts, nothing is learned from it.
        weights = weights.clamp_min(1e-30f);
        using (no_grad())
            foreach (var gradient in network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>())
                gradient.div_(weights);
        return total!.div(weights);

        static Tensor Add(Tensor? sum, Tensor more) =>
            (sum is null ? more : sum.add(more)).MoveToOuterDisposeScope().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Whether parts of a batch go forward and back in the memory that there is. It leaves gradients, and other random numbers and
    /// buffers.
    /// </summary>
    /// <param name="order">The samples.</param>
    /// <param name="size">The batch: so many of the first.</param>
    /// <param name="parts">Into how many parts it is cut.</param>
    public bool Fits(SampleOrder order, int size, int parts)
    {
        var chance = augmenter?.State;
        try
        {
            using var whole = NewDisposeScope();
            // A second part's gradients are there beside the first's until they are added up.
            foreach (var (_, batch) in Take(order, 0, size).Cut(parts, Smallest).TakeLast(2))
            {
                using var scope = NewDisposeScope();
                Gradients(Forward(batch).Objective, batch);
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
                augmenter.State = chance!;
        }
    }

    /// <summary>A batch as the network is to see it.</summary>
    private Batch Take(SampleOrder order, int first, int size)
    {
        var batch = order.Take(first, size);
        return augmenter?.Apply(batch) ?? batch;
    }

    private void Gradients(Tensor objective, Batch batch)
    {
        try
        {
            objective.backward();
        }
        catch (ExternalException e) when (TorchRefusal.Of(e, context.Precision, "", null) is not null)
        {
            var (where, target) = WhereGradientsFail(batch);
            throw TorchRefusal.Of(e, context.Precision, where, target)!;
        }
    }

    /// <summary>The first layer that gets no gradient, in words: torch names its operator alone.</summary>
    private (string Where, LayerNode? Target) WhereGradientsFail(Batch batch)
    {
        foreach (var (node, output) in network.Nodes.Zip(network.ForwardNodes(batch.Inputs, context)))
        {
            try
            {
                if (output.requires_grad)
                    output.sum().backward(retain_graph: true);
            }
            catch (ExternalException)
            {
                return ($"The gradient of layer '{node.Name}' ({node.Layer.Entry.Name})", node);
            }
        }

        return ("The gradient of the loss", null);
    }

    /// <summary>
    /// Runs a batch: the output, its loss, and what the gradient is of: that loss, the losses of the other outputs by their
    /// weights, and the penalties of layers.
    /// </summary>
    private (Tensor Output, Tensor Loss, Tensor Objective) Forward(Batch batch)
    {
        context.Forget();
        var outputs = network.ForwardAll(batch.Inputs, context).Select(context.Exact).ToArray();
        var batchLoss = loss.Compute(batch, outputs[0], classWeights);
        var objective = network.OutputNode.Layer.OutputWeight is { } weight ? batchLoss.mul(weight) : batchLoss;
        foreach (var (head, output) in network.Heads.Zip(outputs.Skip(1)))
        {
            var headLoss = head.Layer.OutputLoss ?? loss;
            var own = headLoss.Compute(batch, output, headLoss.WeighsClasses ? classWeights : null);
            objective = objective.add(own, head.Layer.OutputWeight!.Value);
        }

        return (outputs[0], batchLoss, context.TakePenalty() is { } penalty ? objective.add(penalty) : objective);
    }
}
