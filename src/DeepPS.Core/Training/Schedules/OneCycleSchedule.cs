using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Raises the learning rate from a small value to the optimizer's rate, and lowers it to almost 0 at the end of the
/// run.
/// </summary>
/// <remarks>
/// PyTorch's <c>OneCycleLR</c> with <c>max_lr</c> the optimizer's learning rate; momentum is not changed
/// (<c>cycle_momentum=False</c>). From Smith and Topin, Super-Convergence (2017).
/// </remarks>
[CatalogEntry("OneCycle", "OneCycleLR")]
public sealed record OneCycleSchedule : Schedule
{
    /// <summary>The fraction of the run in which the learning rate rises.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double RiseFraction { get; init; } = 0.3;

    /// <summary>The full learning rate divided by the initial one.</summary>
    [Setting(Minimum = 1)]
    public double DivFactor { get; init; } = 25;

    /// <summary>The initial learning rate divided by the last one.</summary>
    [Setting(Minimum = 1)]
    public double FinalDivFactor { get; init; } = 1e4;

    /// <summary>The curve of the rise and the fall.</summary>
    [Setting]
    public AnnealingCurve Curve { get; init; }

    /// <summary>
    /// Whether it falls to the initial learning rate as fast as it rose, and only then to the last one.
    /// </summary>
    [Setting]
    public bool ThreePhase { get; init; }

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var (first, last) = (1 / DivFactor, 1 / DivFactor / FinalDivFactor);
        var (top, end) = (RiseFraction * at.TotalSteps - 1, at.TotalSteps - 1.0);
        var back = ThreePhase ? 2 * top : top;
        return at.Step < top ? Between(first, 1, at.Step / top)
            : at.Step < back ? Between(1, first, (at.Step - top) / (back - top))
            : at.Step < end ? Between(ThreePhase ? first : 1, last, (at.Step - back) / (end - back))
            : last;
    }

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (ThreePhase && RiseFraction > 0.5)
            throw SettingProblem.Of(this, nameof(RiseFraction),
                "0.5 or less with ThreePhase, so that it can fall as fast",
                RiseFraction);
    }

    private double Between(double from, double to, double part) => Curve == AnnealingCurve.Cosine
        ? to + (from - to) * (1 + Math.Cos(Math.PI * part)) / 2
        : from + (to - from) * part;
}

/// <summary>The curve of a learning rate between two values.</summary>
public enum AnnealingCurve
{
    /// <summary>Half a cosine: slowly, fast, slowly.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
