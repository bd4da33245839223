using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Lowers the learning rate along half a cosine over some epochs, then restarts from the full rate, again and again.
/// </summary>
/// <remarks>
/// PyTorch's <c>CosineAnnealingWarmRestarts</c>, stepped after every batch. From Loshchilov and Hutter (2016).
/// </remarks>
[CatalogEntry("CosineRestarts", "CosineAnnealingWarmRestarts", "SGDR")]
public sealed record CosineRestartsSchedule : Schedule
{
    /// <summary>The number of epochs in the first cycle.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Period { get; init; } = 10;

    /// <summary>The factor on the length of each further cycle.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int PeriodFactor { get; init; } = 1;

    /// <summary>The factor on the learning rate at the end of each cycle.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double MinimumFactor { get; init; }

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var (step, period) = (at.Step, Period * at.StepsPerEpoch);
        if (PeriodFactor == 1)
            step %= period;
        for (; step >= period; period *= PeriodFactor)
            step -= period;
        return MinimumFactor + (1 - MinimumFactor) * (1 + Math.Cos(Math.PI * step / period)) / 2;
    }
}
