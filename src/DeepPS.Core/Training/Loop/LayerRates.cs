using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>
/// Discriminative learning rates (Howard and Ruder, Universal Language Model Fine-tuning for Text Classification,
/// 2018): the last layer with parameters learns at the optimizer's rate, each one before it at
/// <see cref="TrainingOptions.LayerDecay"/> times the rate of the next. The rates hold for the optimizers that begin
/// before this is disposed.
/// </summary>
internal sealed class LayerRates : IDisposable
{
    private readonly IReadOnlyList<LayerNode> nodes;

    private LayerRates(IReadOnlyList<LayerNode> nodes) => this.nodes = nodes;

    /// <summary>Sets the factor of each layer.</summary>
    /// <exception cref="DlException"><c>OptimizerUse</c>: the optimizer has one rate for all parameters.</exception>
    public static LayerRates? Of(Network network, TrainingOptions options)
    {
        if (options.LayerDecay is not { } decay)
            return null;
        if (options.Optimizer is not ElementwiseOptimizer)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                $"Optimizer {options.Optimizer.Entry.Name} has no learning rate by layer. Omit -LayerDecay, or use "
                + "another optimizer, such as Adam.", options.Optimizer);
        var nodes = network.Nodes.Where(node => node.ParameterCount > 0).ToArray();
        foreach (var (depth, node) in nodes.Reverse().Index())
            node.Scope!.RateFactor = Math.Pow(decay, depth);
        return new LayerRates(nodes);
    }

    /// <summary>Sets all factors to 1 again.</summary>
    public void Dispose()
    {
        foreach (var node in nodes)
            node.Scope!.RateFactor = 1;
    }
}
