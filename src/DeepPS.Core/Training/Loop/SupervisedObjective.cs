using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The loss of a network's outputs against the targets, plus the weighted losses of auxiliary heads and the penalties
/// of layers.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="loss">The loss of its output.</param>
/// <param name="context">Precision and random numbers of the layers.</param>
/// <param name="classWeights">
/// A weight for each class, (classes), float32, which the objective frees; null: all weigh the same.
/// </param>
/// <param name="adversary">Changes each batch to make its loss larger; null: batches are learned as they are. The
/// objective frees it.</param>
internal sealed class SupervisedObjective(Network network, Loss loss, ForwardContext context,
    Tensor? classWeights = null, Adversary? adversary = null) : Objective
{
    /// <summary>The network.</summary>
    public Network Network => network;

    /// <summary>The loss of its output.</summary>
    public Loss Loss => loss;

    /// <inheritdoc/>
    /// <remarks>Batch normalisation cannot learn from a single sample.</remarks>
    public override int SmallestPart => network.Buffers.Count > 0 ? 2 : 1;

    /// <summary>Computes shards of each batch on several threads; null: operators share the threads. The objective
    /// frees it.</summary>
    public DataParallel? Shards { get; set; }

    /// <inheritdoc/>
    public override int? Threads => Shards is null ? null : 1;

    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        context.Forget();
        batch = adversary?.Change(batch) ?? batch;
        return Value(batch, Shards?.ForwardAll(batch.Inputs) ?? network.ForwardAll(batch.Inputs, context));
    }

    /// <inheritdoc/>
    public override void Backward(Tensor total)
    {
        base.Backward(total);
        Shards?.Backward();
    }

    /// <summary>The same, with the output of each of the network's nodes.</summary>
    public (ObjectiveValue Value, IReadOnlyList<Tensor> Nodes) ComputeNodes(Batch batch)
    {
        context.Forget();
        batch = adversary?.Change(batch) ?? batch;
        var nodes = network.ForwardNodes(batch.Inputs, context);
        var places = network.Nodes.ToList();
        return (Value(batch, [nodes[places.IndexOf(network.OutputNode)],
            .. network.Heads.Select(head => nodes[places.IndexOf(head)])]), nodes);
    }

    private ObjectiveValue Value(Batch batch, IReadOnlyList<Tensor> all)
    {
        var outputs = all.Select(context.Exact).ToArray();
        var own = loss.Compute(batch, outputs[0], classWeights);
        var total = network.OutputNode.Layer.OutputWeight is { } weight ? own.mul(weight) : own;
        foreach (var (head, output) in network.Heads.Zip(outputs.Skip(1)))
        {
            var headLoss = head.Layer.OutputLoss ?? loss;
            if (loss is NumberLoss { SkipsPadding: true } && headLoss is NumberLoss numbers)
                headLoss = numbers with { SkipsPadding = true };
            var value = headLoss.Compute(batch, output, headLoss.WeighsClasses ? classWeights : null);
            total = total.add(value, head.Layer.OutputWeight!.Value);
        }

        return new ObjectiveValue(outputs[0], own, context.TakePenalty() is { } penalty ? total.add(penalty) : total);
    }

    /// <summary>The mean loss of a given output, without penalties.</summary>
    public Tensor LossOf(Batch batch, Tensor output) => loss.Compute(batch, output, classWeights);

    /// <inheritdoc/>
    public override Tensor? Weight(Batch batch) => loss.Total(batch.Targets!, classWeights, batch.Weights);

    /// <inheritdoc/>
    public override DlException? Explain(ExternalException error, Batch batch)
    {
        if (TorchRefusal.Of(error, context.Precision, "", null) is null)
            return null;
        var (where, target) = WhereGradientsFail(batch);
        return TorchRefusal.Of(error, context.Precision, where, target);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        classWeights?.Dispose();
        adversary?.Dispose();
        Shards?.Dispose();
    }

    /// <summary>Names the first layer whose backward pass fails, because torch names only its operator.</summary>
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
}
