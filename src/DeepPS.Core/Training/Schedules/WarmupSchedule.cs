using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Raises the learning rate along a straight line from a part of it to the whole, then hands over to a schedule.</summary>
/// <remarks>
/// PyTorch's <c>LinearLR</c> before another scheduler in a <c>SequentialLR</c>, stepped after every batch. The schedule
/// behind it counts its steps from where the warm-up ends, and ends with the run.
/// </remarks>
[CatalogEntry("Warmup", "LinearLR")]
public sealed record WarmupSchedule : Schedule
{
    /// <summary>Over how many epochs it rises; parts of one are good too.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Epochs { get; init; } = 1;

    /// <summary>The schedule that follows; none: the learning rate stays.</summary>
    [Setting(Position = 1)]
    public Schedule? After { get; init; }

    /// <summary>Over how many steps it rises, in place of epochs.</summary>
    [Setting(Minimum = 1)]
    public int? Steps { get; init; }

    /// <summary>The factor that it begins at.</summary>
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
