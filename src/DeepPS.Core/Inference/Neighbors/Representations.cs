using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>What a layer of a trained model makes of samples: a vector for each.</summary>
internal static class Representations
{
    private const int Input = -1;

    /// <summary>The vectors of samples, a batch at a time, each in its own dispose scope.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="layer">The layer; null for the default of <see cref="NeighborOptions.Layer"/>.</param>
    /// <param name="take">Takes the vectors (samples, size), float32, and the row of each sample.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public static void Each(Model model, Dataset data, string? layer, Action<Tensor, int[]> take,
        CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        var (network, plan, _) = model.Trained();
        var place = PlaceOf(model, layer);
        plan.Require(data);
        if (data.Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData, $"Dataset '{data.Name}' has no rows.", data);
        using var noGradient = no_grad();
        using var source = SampleSource.Of(data, plan, null, TorchRuntime.Device(model.Device));
        using var order = source.Open(Evaluator.BatchSize);
        for (var first = 0; first < source.Count; first += Evaluator.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var scope = NewDisposeScope();
            var batch = order.Take(first, Math.Min(Evaluator.BatchSize, source.Count - first));
            take(Of(network, batch, place), Enumerable.Range(first, batch.Count).ToArray());
        }
    }

    private static Tensor Of(Network network, Batch batch, int place)
    {
        var output = place == Input ? batch.Inputs[0]
            : network.ForwardNodes(batch.Inputs, ForwardContext.Inference)[place];
        return output.to(ScalarType.Float32).reshape(output.shape[0], -1);
    }

    /// <summary>The place of a layer in the network.</summary>
    /// <exception cref="DlException"><c>LayerNotFound</c>.</exception>
    private static int PlaceOf(Model model, string? layer)
    {
        var (network, _, loss) = model.Trained();
        if (layer is not null)
            return string.Equals(layer, NetworkInput.DefaultName, StringComparison.OrdinalIgnoreCase) ? Input
                : TrainedLayers.PlaceOf(network, layer);
        var output = network.Nodes.ToList().IndexOf(network.OutputNode);
        var before = network.OutputNode.Inputs[0];
        return loss.Predicts && before >= 0 ? before : output;
    }
}
