using System.Runtime.InteropServices;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The product of the Gauss-Newton matrix of a network's mean loss with a vector, over the batches of a step; for
/// cross-entropy and squared errors it is the Fisher matrix. Schraudolph, Fast curvature matrix-vector products (2002).
/// </summary>
/// <param name="labels">The objective.</param>
/// <param name="context">The context of its forward passes.</param>
internal sealed class GaussNewtonProduct(SupervisedObjective labels, ForwardContext context) : IDisposable
{
    private readonly List<Batch> batches = [];
    private double[] shares = [];
    private DisposeScope? scope;
    private Pass? kept;
    private Snapshot? buffers;
    private Tensor? random;

    private Network Network => labels.Network;

    /// <summary>Whether batches are to be kept.</summary>
    public bool IsOn { get; set; }

    /// <summary>Keeps a batch of the step; it stays on its device.</summary>
    public void Keep(Batch batch)
    {
        if (IsOn)
            batches.Add(batch with
            {
                Inputs = Array.ConvertAll(batch.Inputs, Own),
                Targets = Maybe(batch.Targets),
                Weights = Maybe(batch.Weights),
                Rows = null,
                Second = batch.Second is { } second
                    ? new SecondTargets(Own(second.Targets), Maybe(second.Weights), Own(second.Share)) : null,
            });

        static Tensor Own(Tensor tensor) => tensor.alias().DetachFromDisposeScope();

        static Tensor? Maybe(Tensor? tensor) => tensor is null ? null : Own(tensor);
    }

    /// <summary>Prepares products over the kept batches. The forward pass of a single one serves all products; those of
    /// several are repeated, with the same random numbers, so that one graph exists at a time.</summary>
    public void Prepare()
    {
        buffers = new Snapshot(Network.Buffers);
        scope = NewDisposeScope();
        using var noGradient = no_grad();
        var weights = batches.Select(batch => labels.Weight(batch)?.ToDouble() ?? batch.Count).ToArray();
        shares = Array.ConvertAll(weights, weight => weight / weights.Sum());
        if (batches.Count == 1)
            kept = Run(batches[0], 1);
        else
            random = context.Generator?.get_state();
    }

    /// <summary>The product with a vector.</summary>
    /// <param name="vector">(parameters), float64.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>(parameters), float64.</returns>
    /// <exception cref="Common.DlException"><c>SecondDerivativeNotSupported</c>.</exception>
    public Tensor Of(Tensor vector, IReadOnlyList<Parameter> parameters)
    {
        using var product = NewDisposeScope();
        var values = parameters.Select(parameter => parameter.Value).ToArray();
        var pieces = FlatVector.Pieces(vector, parameters);
        var products = Array.ConvertAll(values, value => zeros_like(value.detach()));
        if (random is not null)
            context.Generator!.set_state(random);
        foreach (var (batch, share) in batches.Zip(shares))
        {
            using var part = NewDisposeScope();
            var pass = kept ?? Run(batch, share);
            using var gradients = enable_grad();
            try
            {
                Gradients.AddGaussNewtonProduct(pass.Output, pass.At, pass.Slope, values, pieces, products);
            }
            catch (ExternalException e) when (!MemoryShortage.Is(e))
            {
                throw FlatVector.NoSecondDerivative(e);
            }
        }

        return FlatVector.Of(products).MoveToOuterDisposeScope();
    }

    private Pass Run(Batch batch, double share)
    {
        using var gradients = enable_grad();
        context.IsDifferentiatedTwice = true;
        var output = Network.Forward(batch.Inputs, context);
        context.IsDifferentiatedTwice = false;
        context.Forget();
        var at = output.detach().requires_grad_(true);
        return new Pass(output, at, Gradients.Differentiable(labels.LossOf(batch, at).mul(share), at));
    }

    /// <summary>Frees batches and graphs.</summary>
    public void Dispose()
    {
        scope?.Dispose();
        // Not before: the graph of BatchNorm needs its running means as they were.
        buffers?.Restore();
        buffers?.Dispose();
        (scope, buffers, kept, random) = (null, null, null, null);
        foreach (var batch in batches)
            foreach (var tensor in batch.Inputs.Append(batch.Targets).Append(batch.Weights)
                .Append(batch.Second?.Targets).Append(batch.Second?.Weights).Append(batch.Second?.Share))
                tensor?.Dispose();
        batches.Clear();
    }

    /// <summary>A forward pass.</summary>
    /// <param name="Output">The output, with its graph.</param>
    /// <param name="At">The same numbers.</param>
    /// <param name="Slope">The gradient of the loss by these, with its graph.</param>
    private sealed record Pass(Tensor Output, Tensor At, Tensor Slope);
}
