using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>The mean gradient over copies of the input with noise, which is less noisy itself.</summary>
/// <remarks>Smilkov and others, SmoothGrad: removing noise by adding noise (2017).</remarks>
[CatalogEntry("SmoothGrad")]
public sealed record SmoothGrad : AttributionMethod
{
    /// <summary>Number of noisy copies.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Samples { get; init; } = 50;

    /// <summary>The standard deviation of the noise, as a share of the range of the numbers of a sample.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Noise { get; init; } = 0.15;

    /// <summary>Whether the gradient is multiplied by the input's distance from the baseline.</summary>
    [Setting]
    public bool TimesInput { get; init; }

    /// <summary>The seed of the noise.</summary>
    [Setting]
    public int NoiseSeed { get; init; }

    internal override bool AddsUp => TimesInput;

    /// <summary>Gives standard normal noise of a tensor's sizes; null for that of the seed.</summary>
    internal Func<Tensor, Tensor>? Draw { get; init; }

    internal override Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel)
    {
        using var generator = new Generator((ulong)(uint)NoiseSeed, batch.Classes.device);
        var spans = batch.Values.Select(Span).ToArray();
        var sums = batch.Values.Select(values => zeros_like(values)).ToArray();
        for (var sample = 0; sample < Samples; sample++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var noisy = batch.Values.Select((values, i) => values.add(spans[i].mul(Noise).mul(
                Draw?.Invoke(values) ?? empty_like(values).normal_(0, 1, generator)))).ToArray();
            foreach (var (sum, gradient) in sums.Zip(batch.Gradients(noisy)))
                sum.add_(gradient);
        }

        return Times(sums.Select(sum => sum.div_(Samples)).ToArray(), batch, TimesInput);
    }

    /// <summary>The range of each sample's numbers, of the sizes (samples, 1, ...).</summary>
    private static Tensor Span(Tensor values)
    {
        var rows = values.reshape(values.shape[0], -1);
        return rows.amax([1]).sub(rows.amin([1])).reshape([values.shape[0], .. values.shape.Skip(1).Select(_ => 1L)]);
    }
}
