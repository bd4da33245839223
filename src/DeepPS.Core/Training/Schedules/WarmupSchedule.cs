using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Raises the learning rate linearly from a fraction to the full rate, then continues with another schedule.
/// </summary>
/// <remarks>
/// PyTorch's <c>LinearLR</c> before another scheduler in a <c>SequentialLR</c>, stepped after every batch. The next
/// schedule counts its steps from the end of the warm-up, and ends with the run.
/// </remarks>
[CatalogEntry("Warmup", "LinearLR")]
public sealed record WarmupSchedule : Schedule
{
    /// <summary>The number of epochs of the rise; fractions are allowed.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Epochs { get; init; } = 1;

    /// <summary>The next schedule; by default the learning rate stays constant.</summary>
    [Setting(Position = 1)]
    public Schedule? After { get; init; }

    /// <summary>The number of steps of the rise, instead of epochs.</summary>
    [Setting(Minimum = 1)]
    public int? Steps { get; init; }

    /// <summary>The factor on the learning rate at the beginning.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double StartFactor { get; init; } = 1.0 / 3;

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var steps = Steps ?? (long)Math.Round(Epochs * at.StepsPerEpoch);
        if (at.Step < steps)
            return StartFactor + (1 - StartFactor) * at.Step / steps;
        return After?.Factor(at with { Step = at.Step - steps, TotalSteps = Math.Max(1, at.TotalSteps - steps) }) ?? 1;
    }
}
