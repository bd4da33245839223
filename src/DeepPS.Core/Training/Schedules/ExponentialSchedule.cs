using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Multiplies the learning rate by a factor after every epoch.</summary>
/// <remarks>PyTorch's <c>ExponentialLR</c>.</remarks>
[CatalogEntry("Exponential", "ExponentialLR")]
public sealed record ExponentialSchedule : Schedule
{
    /// <summary>The factor on the learning rate.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Gamma { get; init; } = 0.95;

    /// <inheritdoc/>
    public override double Factor(RunPoint at) =>
        Math.Pow(Gamma, at.Epoch);
}
