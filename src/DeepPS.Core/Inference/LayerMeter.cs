using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Measures the output of each layer of a model, to find vanishing or exploding signals and dead
/// units.</summary>
public static class LayerMeter
{
    /// <summary>Runs samples through a model, trained or not, and gives statistics of each layer's output.</summary>
    /// <param name="model">The model. An untrained model is bound to the data's shape, and the data is encoded as for
    /// training.</param>
    /// <param name="data">The data; it needs no label.</param>
    /// <param name="samples">The number of samples to use, from the first on.</param>
    /// <returns>The statistics of each layer, in the model's order.</returns>
    /// <exception cref="DlException">The data does not fit the model.</exception>
    public static IReadOnlyList<LayerStatistics> Measure(Model model, Dataset data, int samples = 1024)
    {
        TorchRuntime.Ensure();
        var plan = (model.Plan ?? DataPlan.Fit(data)).For(LayerNames.Inputs(model.Layers));
        model.Bind(plan.Inputs);
        var network = model.Network!;
        using var turn = ThreadTurn.Take(Threads.Count(null));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var first = data.Take(Enumerable.Range(0, Math.Min(samples, data.Count)).ToArray());
        using var encoded = new DeviceData(plan.Encode(first, withLabel: false), TorchRuntime.Device(model.Device));
        var batch = encoded.Range(0, encoded.Count);
        return network.Nodes.Zip(network.ForwardNodes(batch.Inputs, ForwardContext.Inference), Describe).ToArray();
    }

    private static LayerStatistics Describe(LayerNode node, Tensor output)
    {
        using var scope = NewDisposeScope();
        var values = output.to_type(ScalarType.Float64);
        return new LayerStatistics(node.Name, node.Layer.Entry.Name, node.OutputShape.ToString(),
            values.mean().ToDouble(),
            values.sub(values.mean()).square().mean().sqrt().ToDouble(),
            values.eq(0).to_type(ScalarType.Float64).mean().ToDouble(),
            values.min().ToDouble(), values.max().ToDouble());
    }
}
