using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Moves the learning rate up and down linearly between a fraction of the optimizer's rate and the full rate.
/// </summary>
/// <remarks>
/// PyTorch's <c>CyclicLR</c> with <c>max_lr</c> the optimizer's learning rate and <c>base_lr</c> a fraction of it;
/// momentum is not changed (<c>cycle_momentum=False</c>). From Smith, Cyclical Learning Rates (2015).
/// </remarks>
[CatalogEntry("Cyclic", "CyclicLR")]
public sealed record CyclicSchedule : Schedule
{
    /// <summary>The factor on the learning rate at the beginning and end of each cycle.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double MinimumFactor { get; init; } = 0.1;

    /// <summary>The number of steps upwards.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int StepsUp { get; init; } = 2000;

    /// <summary>The number of steps downwards; by default as many as upwards.</summary>
    [Setting(Position = 2, Minimum = 1)]
    public int? StepsDown { get; init; }

    /// <summary>How the amplitude changes from cycle to cycle.</summary>
    [Setting]
    public CyclicMode Mode { get; init; }

    /// <summary>The factor on the amplitude in each step, for the mode ExponentialRange.</summary>
    [Setting(Minimum = 0)]
    public double Gamma { get; init; } = 1;

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        double length = StepsUp + (StepsDown ?? StepsUp);
        var cycle = Math.Floor(at.Step / length);
        var (place, top) = (at.Step / length - cycle, StepsUp / length);
        var height = place <= top ? place / top : (place - 1) / (top - 1);
        return MinimumFactor + (1 - MinimumFactor) * height * Mode switch
        {
            CyclicMode.Triangular2 => Math.Pow(0.5, cycle),
            CyclicMode.ExponentialRange => Math.Pow(Gamma, at.Step),
            _ => 1,
        };
    }
}

/// <summary>How the amplitude of <see cref="CyclicSchedule"/> changes from cycle to cycle.</summary>
public enum CyclicMode
{
    /// <summary>It stays.</summary>
    Triangular,

    /// <summary>It is halved in each cycle.</summary>
    Triangular2,

    /// <summary>It is multiplied by Gamma in each step.</summary>
    ExponentialRange,
}
