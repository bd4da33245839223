namespace DeepPS.Training;

/// <summary>A step's place in a run, and what the run has come to so far.</summary>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="StepsPerEpoch">How many steps an epoch has.</param>
/// <param name="TotalSteps">How many steps the run has.</param>
/// <param name="Losses">The loss of each epoch that has ended: of the validation samples where there are any.</param>
public readonly record struct RunPoint(long Step, long StepsPerEpoch, long TotalSteps, IReadOnlyList<double> Losses)
{
    /// <summary>How many epochs have ended.</summary>
    public long Epoch => Step / StepsPerEpoch;

    /// <summary>How much of the run has ended, from 0 to 1.</summary>
    public double Fraction => Math.Min(1, (double)Step / TotalSteps);
}
