namespace DeepPS.Training;

/// <summary>The position of a training, and the losses of its epochs.</summary>
/// <param name="epochs">The number of epochs.</param>
/// <param name="stepsPerEpoch">The number of steps in an epoch.</param>
/// <param name="epochsBefore">The number of epochs that the model was trained before.</param>
internal sealed class TrainingClock(int epochs, int stepsPerEpoch, int epochsBefore)
{
    /// <summary>The position after the last step.</summary>
    public TrainingPosition Position { get; set; } = new(1, 0, 0, epochsBefore, false);

    /// <summary>The number of steps in an epoch.</summary>
    public int StepsPerEpoch => stepsPerEpoch;

    /// <summary>The number of the current epoch in its record.</summary>
    public int Epoch => Position.FirstEpoch + Position.Epoch;

    /// <summary>The loss of each epoch so far, for schedules: the validation loss if there is one.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Whether all epochs are done.</summary>
    public bool IsDone => Position.Ended || Position.Epoch > epochs;

    /// <summary>Whether all steps of the epoch are done.</summary>
    public bool IsEpochDone => Position.Step >= stepsPerEpoch;

    /// <summary>The number of steps before the position, with each epoch counted once.</summary>
    public long StepsBefore => (long)(Position.Epoch - 1) * stepsPerEpoch + Position.Step;

    /// <summary>The point of the run that a schedule gets.</summary>
    /// <param name="step">The optimizer's steps so far.</param>
    public RunPoint Point(long step) => new(step, stepsPerEpoch, (long)stepsPerEpoch * epochs, Losses);

    /// <summary>Counts a finished step.</summary>
    public void Advance() =>
        Position = Position with { Step = Position.Step + 1, TotalSteps = Position.TotalSteps + 1 };

    /// <summary>Begins an epoch, the next one or the current one again.</summary>
    public void BeginEpoch(int epoch) => Position = Position with { Epoch = epoch, Step = 0 };

    /// <summary>Ends the training: no further epoch follows.</summary>
    public void Close() => Position = Position with { Ended = true };
}
