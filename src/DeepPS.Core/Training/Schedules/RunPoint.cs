namespace DeepPS.Training;

/// <summary>The position of a step in a run, and the losses so far.</summary>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="StepsPerEpoch">The number of steps in an epoch.</param>
/// <param name="TotalSteps">The number of steps in the run.</param>
/// <param name="Losses">The loss of each finished epoch: the validation loss if there is one.</param>
public readonly record struct RunPoint(long Step, long StepsPerEpoch, long TotalSteps, IReadOnlyList<double> Losses)
{
    /// <summary>The number of finished epochs.</summary>
    public long Epoch => Step / StepsPerEpoch;

    /// <summary>The finished fraction of the run, from 0 to 1.</summary>
    public double Fraction => Math.Min(1, (double)Step / TotalSteps);
}
