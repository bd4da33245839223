using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Draws codes from a normal distribution with learned means and variances, as in a variational
/// autoencoder.</summary>
/// <remarks>2 Code numbers to Code numbers: means, then logarithms of variances. In training the output is mean +
/// deviation * noise, so that gradients reach both (the reparameterization trick); otherwise it is the mean. The loss
/// gets KLWeight times the Kullback-Leibler divergence from the standard normal distribution, the mean over samples of
/// -1/2 sum(1 + log variance - mean^2 - variance). From Kingma and Welling, Auto-Encoding Variational Bayes
/// (2014).</remarks>
[CatalogEntry("GaussianSampling", "Reparameterization")]
public sealed record GaussianSampling : UnaryLayer
{
    /// <summary>The weight of the divergence in the loss. Losses of a reconstruction are means over the numbers of a
    /// sample, so 1 / that many numbers is the weight of the paper.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double KLWeight { get; init; } = 1;

    protected override Shape OutputShape(Shape input) => input.Rank == 1 && input[0] % 2 == 0
        ? new Shape(input[0] / 2)
        : throw new ShapeException("an even number of numbers, means and log variances (rank 1)", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, context) =>
    {
        var parts = x.chunk(2, 1);
        if (!context.Training)
            return parts[0];
        context.Penalize(Divergence(context.Exact(parts[0]), context.Exact(parts[1])).mul(KLWeight));
        var noise = context.Noise?.Invoke(parts[0].shape)
            ?? empty(parts[0].shape, dtype: x.dtype, device: x.device).normal_(0, 1, context.Generator);
        return parts[1].mul(0.5).exp().mul(noise).add(parts[0]);
    };

    /// <summary>The divergence from the standard normal distribution, the mean over samples, a scalar.</summary>
    private static Tensor Divergence(Tensor means, Tensor logVariances) =>
        logVariances.add(1).sub(means.square()).sub(logVariances.exp()).sum(1).mean().mul(-0.5);
}
