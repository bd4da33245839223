using DeepPS.Catalog;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Normal with a given mean and deviation, truncated to the range from Low to High.</summary>
/// <remarks>PyTorch's <c>nn.init.trunc_normal_</c>. Low and High are values, not deviations.</remarks>
[CatalogEntry("TruncatedNormal", "TruncNormal")]
public sealed record TruncatedNormal : Initializer
{
    /// <summary>The mean of the normal distribution before truncation.</summary>
    [Setting(Position = 0)]
    public double Mean { get; init; }

    /// <summary>The standard deviation of the normal distribution before truncation.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double StandardDeviation { get; init; } = 1;

    /// <summary>The smallest number.</summary>
    [Setting]
    public double Low { get; init; } = -2;

    /// <summary>The largest number.</summary>
    [Setting]
    public double High { get; init; } = 2;

    protected internal override void Validate()
    {
        if (!(Low <= High))
            throw SettingProblem.Of(this, nameof(High), $"a number of Low ({Low}) or more", High);
        if (!(StandardDeviation > 0))
            throw SettingProblem.Of(this, nameof(StandardDeviation), "a number above 0", StandardDeviation);
    }

    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        // Uniform between the probabilities of the bounds, as 2 p - 1, then through the inverse of the distribution.
        using var bounds = torch.tensor(new[] { Low, High }).sub(Mean).div(StandardDeviation * Math.Sqrt(2)).erf();
        tensor.uniform_(bounds[0].ToDouble(), bounds[1].ToDouble(), generator).erfinv_()
            .mul_(StandardDeviation * Math.Sqrt(2)).add_(Mean).clamp_(Low, High);
    }
}
