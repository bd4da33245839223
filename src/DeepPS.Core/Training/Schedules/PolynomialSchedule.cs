using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Lowers the learning rate step by step with a power of the remaining fraction of the run, from the full rate to a
/// minimum at the end. Power 1 is a straight line.
/// </summary>
/// <remarks>
/// PyTorch's <c>PolynomialLR</c> with <c>total_iters</c> the steps of the run, stepped after every batch.
/// </remarks>
[CatalogEntry("Polynomial", "PolynomialLR")]
public sealed record PolynomialSchedule : Schedule
{
    /// <summary>The power.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Power { get; init; } = 1;

    /// <summary>The factor on the learning rate at the end of the run.</summary>
    [Setting(Position = 1, Minimum = 0, Maximum = 1)]
    public double MinimumFactor { get; init; }

    /// <inheritdoc/>
    public override double Factor(RunPoint at) =>
        MinimumFactor + (1 - MinimumFactor) * Math.Pow(1 - at.Fraction, Power);
}
