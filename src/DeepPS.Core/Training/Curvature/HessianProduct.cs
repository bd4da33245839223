using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The exact product of the Hessian of a network's mean loss with a vector, by differentiating the product of gradient
/// and vector. Pearlmutter, Fast exact multiplication by the Hessian (1994). Layers run as for predictions.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="loss">The loss.</param>
/// <param name="samples">The samples.</param>
/// <param name="batchSize">The number of samples in a batch.</param>
/// <param name="threads">The number of threads.</param>
/// <param name="cancel">Cancels a product with an <see cref="OperationCanceledException"/>.</param>
internal sealed class HessianProduct(Network network, Loss loss, SampleSource samples, int batchSize, int threads,
    CancellationToken cancel)
{
    private readonly Parameter[] parameters = network.Parameters.Where(parameter => !parameter.Frozen).ToArray();

    private readonly ForwardContext context = new(training: false) { IsDifferentiatedTwice = true };
    private double? whole;

    /// <summary>The number of parameters that are not frozen.</summary>
    public long Size => parameters.Sum(parameter => parameter.Size);

    /// <summary>The device of the parameters.</summary>
    public Device Device => parameters[0].Value.device;

    /// <summary>The mean loss, and the norm of its gradient.</summary>
    public (double Loss, double GradientNorm) Gradient()
    {
        using var scope = NewDisposeScope();
        var total = zeros(1, ScalarType.Float64, Device);
        var sum = zeros(Size, ScalarType.Float64, Device);
        Each(share =>
        {
            total.add_(share.detach());
            sum.add_(FlatVector.Of(Gradients.Of(share, Values())));
        });
        return (total.ToDouble(), sum.norm().ToDouble());
    }

    /// <summary>The product with a vector.</summary>
    /// <param name="vector">(parameters), float64.</param>
    /// <returns>(parameters), float64.</returns>
    /// <exception cref="DlException"><c>SecondDerivativeNotSupported</c>: a layer or the loss has none.</exception>
    public Tensor Of(Tensor vector)
    {
        using var scope = NewDisposeScope();
        var pieces = FlatVector.Pieces(vector, parameters);
        var products = parameters.Select(parameter => zeros_like(parameter.Value.detach())).ToArray();
        Each(share =>
        {
            try
            {
                Gradients.AddProduct(share, Values(), pieces, products);
            }
            catch (ExternalException e) when (!MemoryShortage.Is(e))
            {
                throw FlatVector.NoSecondDerivative(e);
            }
        });
        return FlatVector.Of(products).MoveToOuterDisposeScope();
    }

    /// <summary>Calls a function with the share of each batch in the mean loss.</summary>
    private void Each(Action<Tensor> take)
    {
        using var gradients = enable_grad();
        using var order = samples.Open(batchSize);
        var all = Whole();
        for (var first = 0; first < samples.Count; first += batchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(threads);
            using var scope = NewDisposeScope();
            var batch = order.Take(first, Math.Min(batchSize, samples.Count - first));
            var value = loss.Compute(batch, network.Forward(batch.Inputs, context), null);
            take(value.mul(Weight(batch) / all));
        }
    }

    /// <summary>The weight of all samples in the mean loss.</summary>
    private double Whole()
    {
        if (whole is { } known)
            return known;
        using var order = samples.Open(batchSize);
        var sum = 0.0;
        for (var first = 0; first < samples.Count; first += batchSize)
        {
            using var scope = NewDisposeScope();
            sum += Weight(order.Take(first, Math.Min(batchSize, samples.Count - first)));
        }

        whole = sum;
        return sum;
    }

    private double Weight(Batch batch) =>
        loss.Total(batch.Targets!, null, batch.Weights)?.ToDouble() ?? batch.Count;

    private Tensor[] Values() => Array.ConvertAll(parameters, parameter => parameter.Value);
}
