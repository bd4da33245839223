using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A normal distribution of codes: the mean and the covariance of those that an encoder gives to
/// samples.</summary>
internal sealed class CodeDistribution
{
    private readonly double[] mean;

    /// <summary>The symmetric root of the covariance, which is unique: samples do not depend on the signs of
    /// eigenvectors.</summary>
    private readonly double[] root;

    private CodeDistribution(double[] mean, double[] root) => (this.mean, this.root) = (mean, root);

    /// <summary>Measures the codes of samples.</summary>
    /// <param name="model">The autoencoder.</param>
    /// <param name="place">The place of the layer that gives the code.</param>
    /// <param name="data">The samples.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>TooFewSamples</c>: there are fewer than two; <c>CodesNotFinite</c>; or the
    /// data does not fit the model.</exception>
    public static CodeDistribution Of(Model model, int place, Dataset data, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        using var noGradient = no_grad();
        using var whole = NewDisposeScope();
        var (network, device) = (model.Network!, TorchRuntime.Device(model.Device));
        if (data.Count < 2)
            throw new DlException("TooFewSamples", DlErrorKind.InvalidData,
                $"The distribution of codes needs at least 2 samples; dataset '{data.Name}' has {data.Count}.", data);
        model.Plan!.Require(data);
        using var samples = new DeviceData(model.Plan.Encode(data, withLabel: false), device);
        var codes = new List<Tensor>();
        for (var first = 0; first < samples.Count; first += Evaluator.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var scope = NewDisposeScope();
            var batch = samples.Range(first, Math.Min(Evaluator.BatchSize, samples.Count - first));
            codes.Add(network.ForwardNodes(batch.Inputs, ForwardContext.Inference)[place].flatten(1)
                .to(ScalarType.Float64).cpu().MoveToOuterDisposeScope());
        }

        var all = cat(codes, 0);
        if (!all.isfinite().all().item<bool>())
            throw new DlException("CodesNotFinite", DlErrorKind.InvalidData,
                $"Autoencoder '{model.Name}' gives codes that are not finite: its training diverged. Train it again "
                + "with a lower -LearningRate.", model);
        var center = all.mean([0]);
        var (values, vectors) = linalg.eigh(all.T.cov().reshape(all.shape[1], all.shape[1]));
        var scaled = vectors.mul(values.clamp_min(0).sqrt());
        return new CodeDistribution(center.data<double>().ToArray(),
            scaled.matmul(vectors.T).contiguous().data<double>().ToArray());
    }

    /// <summary>Codes from standard normal numbers (samples, numbers).</summary>
    public Tensor From(Tensor normal) => normal.to(ScalarType.Float64)
        .matmul(tensor(root, [mean.Length, mean.Length])).add(tensor(mean)).to(ScalarType.Float32);
}
