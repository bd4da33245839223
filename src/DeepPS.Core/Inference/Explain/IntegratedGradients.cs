using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>The gradient along the straight line from a baseline to the input, times their distance: attributions add
/// up to the difference of the outputs.</summary>
/// <remarks>Sundararajan, Taly and Yan, Axiomatic attribution for deep networks (2017). The integral is the mean of the
/// gradients at the nodes of the Gauss-Legendre rule. The baseline is black for images, the mean for standardised
/// numbers, and a vector of zeros for tokens. Samples whose attributions miss the difference by more than Tolerance are
/// computed again with four and then sixteen times as many steps.</remarks>
[CatalogEntry("IntegratedGradients", "IG")]
public sealed record IntegratedGradients : AttributionMethod
{
    private const int Finer = 4, MostRefinement = 16;

    /// <summary>Number of gradients on the line.</summary>
    [Setting(Position = 0, Minimum = 1, Maximum = 10_000)]
    public int Steps { get; init; } = 50;

    /// <summary>The share of the difference of the outputs by which the sum may miss it; 0 for any.</summary>
    [Setting(Minimum = 0)]
    public double Tolerance { get; init; } = 0.01;

    internal override Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel) =>
        Attribute(batch, Steps, cancel);

    private Tensor[] Attribute(ExplainedBatch batch, int steps, CancellationToken cancel)
    {
        var attributions = Integral(batch, steps, cancel);
        if (Tolerance == 0 || steps >= Steps * MostRefinement)
            return attributions;
        using var scope = NewDisposeScope();
        Tensor difference, total;
        using (no_grad())
        {
            difference = batch.Scores(batch.Values).sub(batch.Scores(batch.Baselines));
            total = attributions.Select(values => values.reshape(batch.Count, -1).sum(1)).Aggregate((a, b) => a.add(b));
        }

        var missed = total.sub(difference).abs().gt(difference.abs().mul(Tolerance)).nonzero().flatten();
        if (missed.shape[0] > 0)
            foreach (var (all, again) in attributions.Zip(Attribute(batch.Part(missed), steps * Finer, cancel)))
                all.index_copy_(0, missed, again);
        return attributions;
    }

    private static Tensor[] Integral(ExplainedBatch batch, int steps, CancellationToken cancel)
    {
        var (nodes, weights) = GaussLegendre.Of(steps);
        var device = batch.Classes.device;
        var distances = batch.Values.Zip(batch.Baselines, (values, baseline) => values.sub(baseline)).ToArray();
        var sums = distances.Select(distance => zeros_like(distance)).ToArray();
        // Several steps of all samples at once, as many as fit.
        var atOnce = Math.Max(1, ImportanceMeter.BatchSize(batch.Model.Network) / batch.Count);
        for (var first = 0; first < steps; first += atOnce)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(atOnce, steps - first);
            var line = tensor(nodes[first..(first + count)], device: device);
            var weight = tensor(weights[first..(first + count)], device: device);
            var points = batch.Baselines.Select((baseline, i) =>
                baseline.unsqueeze(0).add(distances[i].unsqueeze(0).mul(Outer(line, distances[i])))
                    .reshape([count * baseline.shape[0], .. baseline.shape[1..]])).ToArray();
            foreach (var (sum, gradient) in sums.Zip(batch.Gradients(points)))
                sum.add_(weight.unsqueeze(0).matmul(gradient.reshape(count, -1)).reshape(sum.shape));
        }

        foreach (var (sum, distance) in sums.Zip(distances))
            sum.mul_(distance);
        return sums;
    }

    private static Tensor Outer(Tensor line, Tensor like) =>
        line.reshape([line.shape[0], .. like.shape.Select(_ => 1L)]);
}
