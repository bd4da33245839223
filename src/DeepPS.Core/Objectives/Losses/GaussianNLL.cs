using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Gaussian negative log-likelihood: the network predicts mean and variance of each number.</summary>
/// <remarks>Two outputs for each number of the label, on the last axis: the mean m and the logarithm of the variance s;
/// (s + (label - m)^2 / exp(s)) / 2. The prediction is the mean; Low and High are the ends
/// of its 95% interval. PyTorch's <c>nn.GaussianNLLLoss</c> with the variance
/// exp(s).</remarks>
[CatalogEntry("GaussianNLL")]
public sealed record GaussianNLL : SpreadLoss
{
    /// <summary>95% of a normal distribution lie within this many standard deviations of its mean.</summary>
    private const double Width95 = 1.959963984540054;

    /// <summary>Whether to add the constant ln(2 pi) / 2.</summary>
    [Setting]
    public bool Full { get; init; }

    /// <summary>The smallest variance. Must be above 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-6;

    public override Tensor Numbers(Tensor output) => Part(output, 0);

    internal override IEnumerable<FurtherOutput> Further(Tensor output)
    {
        var (mean, deviation) = (Part(output, 0), Part(output, 1).exp().clamp_min(Epsilon).sqrt());
        return
        [
            new FurtherOutput("Deviation", deviation, IsDeviation: true),
            new FurtherOutput(FurtherOutput.Low, mean.sub(deviation.mul(Width95))),
            new FurtherOutput(FurtherOutput.High, mean.add(deviation.mul(Width95))),
        ];
    }

    protected internal override void Validate()
    {
        if (Epsilon == 0)
            throw SettingProblem.Of(this, nameof(Epsilon), "a number above 0", Epsilon);
    }

    private protected override int PerNumber => 2;

    private protected override Tensor Losses(Tensor output, Tensor target)
    {
        var variance = output.select(-1, 1).exp();
        // As in PyTorch, the gradient ignores the bound.
        var bounded = variance.add(variance.detach().neg().add(Epsilon).clamp_min(0));
        var losses = bounded.log().add(target.sub(output.select(-1, 0)).square().div(bounded)).mul(0.5);
        return Full ? losses.add(0.5 * Math.Log(2 * Math.PI)) : losses;
    }
}
