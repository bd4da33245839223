using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Quantile (pinball) loss: predicts one or several quantiles of the label, such as an interval.</summary>
/// <remarks>max(q e, (q - 1) e) of e = label - output for each quantile q, the mean over all (Koenker and Bassett 1978;
/// the pinball loss). With several quantiles each number of the label has an output per quantile, on the last axis. The
/// prediction is the quantile nearest to 0.5; Low and High are the outer two.</remarks>
[CatalogEntry("Quantile", "Pinball")]
public sealed record Quantile : SpreadLoss
{
    private static readonly double[] Median = [0.5];

    /// <summary>The quantiles, each between 0 and 1, in the order of the outputs.</summary>
    [Setting(Position = 0)]
    public double[] Quantiles { get; init; } = Median;

    public override Tensor Numbers(Tensor output) => Quantiles.Length == 1 ? output
        : Part(output, Array.IndexOf(Quantiles, Quantiles.MinBy(quantile => Math.Abs(quantile - 0.5))));

    internal override IEnumerable<FurtherOutput> Further(Tensor output)
    {
        if (Quantiles.Length == 1)
            yield break;
        foreach (var (i, quantile) in Quantiles.Index())
            yield return new FurtherOutput("Quantile" + NumberText.Format(quantile), Part(output, i));
        // A network may give the outer quantiles in the wrong order.
        var (first, last) = (Part(output, Array.IndexOf(Quantiles, Quantiles.Min())),
            Part(output, Array.IndexOf(Quantiles, Quantiles.Max())));
        yield return new FurtherOutput(FurtherOutput.Low, first.minimum(last));
        yield return new FurtherOutput(FurtherOutput.High, first.maximum(last));
    }

    protected internal override void Validate()
    {
        if (Quantiles.Length == 0 || Quantiles.Any(quantile => !(quantile > 0 && quantile < 1)))
            throw SettingProblem.Of(this, nameof(Quantiles), "numbers between 0 and 1", string.Join(", ", Quantiles));
    }

    private protected override int PerNumber => Quantiles.Length;

    private protected override Tensor Losses(Tensor output, Tensor target)
    {
        var quantiles = tensor(Quantiles, dtype: output.dtype, device: output.device);
        var errors = target.unsqueeze(-1).sub(output);
        return errors.mul(quantiles).maximum(errors.mul(quantiles.sub(1)));
    }
}
