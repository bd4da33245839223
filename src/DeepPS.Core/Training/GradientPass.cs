using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

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
    /// <summary>
    /// Adds up the gradients of a step's batches, each by how much its samples count: what one batch of them all would give.
    /// </summary>
    /// <param name="parts">The step's batches: the number of each in the epoch, its first sample and its size.</param>
    /// <param name="order">The samples in the order of the epoch.</param>
    /// <param name="epoch">The epoch's number, for errors.</param>
    /// <param name="sums">Where losses and metrics are added up; null: they are already.</param>
    /// <returns>What the gradients are of.</returns>
    public Tensor Backward(IReadOnlyList<(int Number, int First, int Size)> parts, SampleOrder order, int epoch, MetricSet? sums)
    {
        var all = parts.Sum(part => part.Size);
        Tensor? total = null;
        Tensor? weights = null;
        foreach (var (number, first, size) in parts)
        {
            using var scope = NewDisposeScope();
            var batch = order.Take(first, size);
            batch = augmenter?.Apply(batch) ?? batch;
            var (output, batchLoss, objective) = Forward(batch);
            if (sums is not null)
                guard.CheckStep(objective, epoch, number + 1);
            var weight = loss.Total(batch.Targets!, classWeights, batch.Weights);
            if (parts.Count > 1)
                objective = weight is null ? objective.mul((double)size / all) : objective.mul(weight);
            Gradients(objective, batch);
            sums?.Add(batchLoss, weight, output, batch.Targets!, hasGaps);
            total = Add(total, objective.detach());
            weights = parts.Count > 1 && weight is not null ? Add(weights, weight) : null;
        }

        if (weights is null)
            return total!;
        // Where no sample of the step counts, nothing is learned from it.
        weights = weights.clamp_min(1e-30f);
        using (no_grad())
            foreach (var gradient in network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>())
                gradient.div_(weights);
        return total!.div(weights);

        static Tensor Add(Tensor? sum, Tensor more) => (sum is null ? more : sum.add(more)).MoveToOuterDisposeScope();
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
        var outputs = network.ForwardAll(batch.Inputs, context).Select(context.Exact).ToArray();
        var batchLoss = batch.Loss(loss, outputs[0], classWeights);
        var objective = network.OutputNode.Layer.OutputWeight is { } weight ? batchLoss.mul(weight) : batchLoss;
        foreach (var (head, output) in network.Heads.Zip(outputs.Skip(1)))
        {
            var headLoss = head.Layer.OutputLoss ?? loss;
            var own = batch.Loss(headLoss, output, headLoss.WeighsClasses ? classWeights : null);
            objective = objective.add(own, head.Layer.OutputWeight!.Value);
        }

        return (outputs[0], batchLoss, context.TakePenalty() is { } penalty ? objective.add(penalty) : objective);
    }
}
