using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>Draws the distribution of weights, gradients or outputs, layer by layer.</summary>
public static class LayerHistograms
{
    private const int MostLayers = 24, MostValues = 200_000;

    /// <summary>The weights of each layer.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>; <c>LayerNotFound</c>: no layer has a weight.</exception>
    public static Figure Weights(Model model)
    {
        using var scope = NewDisposeScope();
        LayerChoice.Weight(model, null);
        return FigureOf($"{model.Name}: weights", Weighted(model)
            .Select(parameter => (parameter.Name, parameter.Value.detach())));
    }

    /// <summary>The gradients of the loss by each layer's weight, for samples in inference mode.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">The data with its label.</param>
    /// <param name="count">The number of samples, from the first on.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>LayerNotFound</c>: no layer has a weight that is
    /// trained.</exception>
    public static Figure Gradients(Model model, Dataset data, int count)
    {
        var (network, _, loss) = model.Trained();
        var weights = Weighted(model).Where(parameter => parameter.Value.requires_grad).ToArray();
        if (weights.Length == 0)
            throw new DlException("LayerNotFound", DlErrorKind.NotFound,
                $"Model '{model.Name}' has no trained weight: its layers are frozen or have none.", model);
        using var scope = NewDisposeScope();
        using var pass = LayerPass.Of(model, data, count, withLabel: true);
        var total = loss.Compute(network.Forward(pass.Batch.Inputs, ForwardContext.Inference), pass.Batch.Targets!,
            null, pass.Batch.Weights);
        var gradients = Torch.Gradients.Of(total, weights.Select(weight => weight.Value).ToArray());
        return FigureOf($"{model.Name}: gradients of {loss.Entry.Name} for {pass.Data.Count} samples",
            weights.Zip(gradients, (weight, gradient) => (weight.Name, gradient)));
    }

    /// <summary>The output of each layer for samples.</summary>
    /// <param name="model">A model, trained or not.</param>
    /// <param name="data">The data; it needs no label.</param>
    /// <param name="count">The number of samples, from the first on.</param>
    public static Figure Activations(Model model, Dataset data, int count)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var pass = LayerPass.Of(model, data, count);
        var outputs = pass.Network.ForwardNodes(pass.Batch.Inputs, ForwardContext.Inference);
        return FigureOf($"{model.Name}: outputs for {pass.Data.Count} samples",
            pass.Network.Nodes.Zip(outputs, (node, output) => (node.Name, output)));
    }

    private static IEnumerable<Parameter> Weighted(Model model) =>
        NetworkDiagram.Bound(model).Parameters.Where(parameter => parameter.Shape.Rank > 1);

    private static Figure FigureOf(string title, IEnumerable<(string Name, Tensor Values)> layers)
    {
        var all = layers.ToArray();
        return new Figure(all.Length <= MostLayers ? title : $"{title}; the first {MostLayers} of {all.Length} layers",
            all.Take(MostLayers).Select(layer =>
            {
                using var inner = NewDisposeScope();
                var flat = layer.Values.detach().to(ScalarType.Float64).flatten();
                var (mean, deviation) = (flat.mean().item<double>(),
                    flat.sub(flat.mean()).square().mean().sqrt().item<double>());
                if (flat.shape[0] > MostValues)
                    flat = flat[TensorIndex.Slice(0, null, (flat.shape[0] + MostValues - 1) / MostValues)];
                return new Panel
                {
                    Title = $"{layer.Name}: mean {mean:G2}, deviation {deviation:G2}",
                    X = new Axis("Value"),
                    Y = new Axis("Count"),
                    Series = [Histogram.Of("", flat.cpu().contiguous().data<double>().ToArray())],
                };
            }).ToArray());
    }
}
