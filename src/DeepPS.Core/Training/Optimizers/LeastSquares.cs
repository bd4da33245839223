using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Fits a layer's weight and bias by least squares, from sums over batches in double precision: the products of the
/// inputs with one another and with the targets. The mean of the first batch is subtracted, so that means far from 0
/// cost no digits.
/// </summary>
internal sealed class LeastSquares : IDisposable
{
    private const double Precision = 2.2e-16;
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly double decay;
    private readonly long targets;
    private readonly long features;
    private readonly Tensor products;
    private readonly Tensor sums;
    private readonly Tensor origin;
    private long count;

    /// <summary>Begins without samples.</summary>
    /// <param name="weight">The weight (targets, features).</param>
    /// <param name="bias">The bias (targets); null: none, so the fit passes through 0.</param>
    /// <param name="decay">Added to the diagonal of the products of the inputs.</param>
    public LeastSquares(Parameter weight, Parameter? bias, double decay)
    {
        (this.weight, this.bias, this.decay) = (weight, bias, decay);
        (targets, features) = (weight.Value.shape[0], weight.Value.shape[1]);
        products = Zeros(features + targets, features + targets);
        sums = Zeros(features + targets);
        origin = Zeros(features + targets);
    }

    /// <summary>Adds a batch: (samples, ..., features) and (samples, ..., targets), with any axes between.</summary>
    public void Add(Tensor inputs, Tensor outputs)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var joined = cat([inputs.reshape(-1, features), outputs.reshape(-1, targets)], 1).to(ScalarType.Float64);
        if (count == 0 && bias is not null)
            origin.copy_(joined.mean([0]));
        joined = joined.sub(origin);
        products.add_(joined.t().matmul(joined));
        sums.add_(joined.sum([0]));
        count += joined.shape[0];
    }

    /// <summary>Writes the solution into the layer's parameters.</summary>
    public void Finish()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var about = bias is null ? products : products.sub(sums.outer(sums).div(count));
        var (values, vectors) = linalg.eigh(about.narrow(0, 0, features).narrow(1, 0, features));
        values = values.add(decay);
        // Smaller eigenvalues are rounding errors of 0: the inputs do not vary in their direction.
        var smallest = values.max().ToDouble() * features * Precision;
        var inverse = values.reciprocal().masked_fill_(values.le(smallest), 0);
        var slopes = vectors.mul(inverse)
            .matmul(vectors.t().matmul(about.narrow(0, 0, features).narrow(1, features, targets)));
        weight.Load(slopes.t());
        var means = origin.add(sums.div(count));
        bias?.Load(means.narrow(0, features, targets).sub(means.narrow(0, 0, features).matmul(slopes)));
    }

    public void Dispose()
    {
        products.Dispose();
        sums.Dispose();
        origin.Dispose();
    }

    private Tensor Zeros(params long[] sizes) =>
        zeros(sizes, dtype: ScalarType.Float64, device: weight.Value.device).DetachFromDisposeScope();
}
