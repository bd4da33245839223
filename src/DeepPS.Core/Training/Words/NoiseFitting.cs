using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Counts the tokens of training data, by which the layer NegativeSampling draws.</summary>
internal static class NoiseFitting
{
    private const double Power = 0.75;
    private const int AtOnce = 1 << 16;

    /// <summary>Sets the weights of the draw in a model that is trained for the first time.</summary>
    public static void Fit(Model model, SampleSource training)
    {
        if (model.Plan is not null)
            return;
        var network = model.Network!;
        foreach (var node in network.Nodes.Where(node => node.Layer is NegativeSampling && node.Inputs[1] < 0))
        {
            var buffer = network.Buffers.Single(buffer => buffer.Name == $"{node.Name}.noise");
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            buffer.Load(Counts(training, -1 - node.Inputs[1], buffer.Value.shape[0]).pow(Power).to(ScalarType.Float32));
        }
    }

    /// <summary>How often each token occurs in an input; 0 for the token 0, which is none.</summary>
    private static Tensor Counts(SampleSource training, int input, long tokens)
    {
        using var order = training.Open(AtOnce);
        Tensor? counts = null;
        for (var first = 0; first < training.Count; first += AtOnce)
        {
            using var scope = NewDisposeScope();
            var ids = order.Take(first, Math.Min(AtOnce, training.Count - first)).Inputs[input];
            var own = ids.to(ScalarType.Int64).reshape(-1).bincount(null, tokens);
            counts = (counts is null ? own : counts.add(own)).MoveToOuterDisposeScope();
        }

        counts![0] = 0;
        return counts;
    }
}
