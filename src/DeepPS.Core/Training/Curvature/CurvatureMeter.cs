using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Measures the curvature of a model's loss: the eigenvalues at both ends of its Hessian by Lanczos, and the trace by
/// random signs. Hutchinson, A stochastic estimator of the trace (1989).
/// </summary>
public static class CurvatureMeter
{
    /// <summary>Measures. The model may be untrained; then it is bound to the data's shape.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples, with a label.</param>
    /// <param name="options">The options.</param>
    /// <param name="plan">The plan for a model that has none; null: one fitted to the data.</param>
    /// <param name="progress">Called with the share of the work that is done, at most.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NothingToLearn</c>: no parameter is trained; <c>TooManyEigenvalues</c>;
    /// <c>NoLabel</c> or <c>LossLabel</c>: there is no loss; <c>SecondDerivativeNotSupported</c>; <c>OutOfMemory</c>.
    /// </exception>
    public static LossCurvature Measure(Model model, Dataset data, CurvatureOptions options, DataPlan? plan = null,
        Action<double>? progress = null, CancellationToken cancel = default)
    {
        TorchRuntime.Ensure();
        var (network, known, loss) = Parts(model, data, options, plan);
        var size = network.Parameters.Where(parameter => !parameter.Frozen).Sum(parameter => parameter.Size);
        if (size == 0)
            throw new DlException("NothingToLearn", DlErrorKind.InvalidOperation,
                $"The curvature of a loss is that by the parameters, and model '{model.Name}' has none that are "
                + "trained. Add a layer with parameters, such as Dense, or unfreeze layers with Set-DlLayer -Unfreeze.",
                model);
        if (options.Top > size)
            throw new DlException("TooManyEigenvalues", DlErrorKind.InvalidArgument,
                $"Model '{model.Name}' has {size:N0} trained parameters, so its Hessian has as many eigenvalues; "
                + $"{options.Top:N0} at each end were asked for. Use a smaller -Top.", options.Top);
        var rows = Rows(known.Series?.WindowsOf(data) ?? data, options);
        using var samples = SampleSource.Of(rows, known, loss, TorchRuntime.Device(model.Device));
        var hessian = new HessianProduct(network, loss, samples, options.BatchSize, Threads.Count(null), cancel);
        try
        {
            return Measure(hessian, options, progress) with
            {
                Model = model.Name,
                Dataset = data.Name,
                Count = samples.Count,
            };
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            throw new DlException("OutOfMemory", DlErrorKind.NotAvailable,
                $"The measurement keeps a vector of {size:N0} numbers for each of {options.Iterations} iterations"
                + $"{MemoryShortage.Asked(e)}. Use a smaller -Iterations, a smaller -BatchSize, or freeze layers.",
                options.Iterations, e);
        }
    }

    private static LossCurvature Measure(HessianProduct hessian, CurvatureOptions options, Action<double>? progress)
    {
        using var generator = new Generator((ulong)(uint)options.Seed);
        var (done, all) = (0.0, Math.Min(options.Iterations, hessian.Size) + options.Probes);
        var (loss, norm) = hessian.Gradient();
        using var lanczos = new Lanczos(hessian.Size, Product, Draw);
        var found = lanczos.Run(options.Top, options.Iterations, options.Tolerance);
        var traces = Enumerable.Range(0, options.Probes).Select(_ => Probe()).ToArray();
        var mean = traces.Length == 0 ? 0 : traces.Average();
        return new LossCurvature
        {
            Model = "", Dataset = "", Count = 0, Parameters = hessian.Size, Loss = loss, GradientNorm = norm,
            Largest = found.Largest[0], Smallest = found.Smallest[0],
            LargestValues = found.Largest, SmallestValues = found.Smallest,
            Trace = traces.Length == 0 ? null : mean,
            TraceError = traces.Length < 2 ? null
                : Math.Sqrt(traces.Sum(trace => (trace - mean) * (trace - mean)) / (traces.Length - 1) / traces.Length),
            Iterations = found.Iterations, ErrorBound = found.ErrorBound, Converged = found.Converged,
        };

        Tensor Product(Tensor vector)
        {
            progress?.Invoke(done++ / all);
            return hessian.Of(vector);
        }

        Tensor Draw() => randn(hessian.Size, dtype: ScalarType.Float64, generator: generator).to(hessian.Device);

        double Probe()
        {
            using var scope = NewDisposeScope();
            var signs = Draw().sign();
            return Product(signs).dot(signs).ToDouble();
        }
    }

    /// <summary>The network, plan and loss of the model, or those that a training with the data would have.</summary>
    private static (Network Network, DataPlan Plan, Loss Loss) Parts(Model model, Dataset data,
        CurvatureOptions options, DataPlan? plan)
    {
        if (options.Loss is null && model.Loss is not null)
            return model.Trained();
        plan = (model.Plan ?? plan ?? DataPlan.Fit(data)).For(LayerNames.Inputs(model.Layers));
        model.Bind(plan.Inputs);
        var network = model.Network!;
        plan = LabelChoice.Of(plan, network, new TrainingOptions { Loss = options.Loss }, data);
        LabelChoice.Check(plan);
        var loss = LossChoice.Loss(options.Loss, plan.Label!, network);
        return (network, loss.Standardizes ? plan : plan.With(plan.Label!.Unscaled()), loss);
    }

    private static Dataset Rows(Dataset data, CurvatureOptions options)
    {
        if (options.Samples is not { } most || most >= data.Count)
            return data;
        var random = new SeededRandom(options.Seed);
        var rows = Enumerable.Range(0, data.Count).ToArray();
        random.Shuffle<int>(rows);
        return data.Take(rows[..most].Order().ToArray());
    }
}
