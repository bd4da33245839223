namespace DeepPS.Training;

/// <summary>How far a training has come, and the losses of its epochs.</summary>
/// <param name="epochs">How many epochs it has.</param>
/// <param name="stepsPerEpoch">How many steps an epoch has.</param>
/// <param name="epochsBefore">The epochs that the model had before this training.</param>
internal sealed class TrainingClock(int epochs, int stepsPerEpoch, int epochsBefore)
{
    /// <summary>The position after the last step.</summary>
    public TrainingPosition Position { get; set; } = new(1, 0, 0, epochsBefore, false);

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch => stepsPerEpoch;

    /// <summary>The epoch under way, as its record numbers it.</summary>
    public int Epoch => Position.FirstEpoch + Position.Epoch;

    /// <summary>The loss of each epoch so far, of the validation where there is one: schedules look at them.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Whether all epochs are done.</summary>
    public bool IsDone => Position.Ended || Position.Epoch > epochs;

    /// <summary>Whether all steps of the epoch are done.</summary>
    public bool IsEpochDone => Position.Step >= stepsPerEpoch;

    /// <summary>How many steps of the run are before the position, where each epoch counts once.</summary>
    public long StepsBefore => (long)(Position.Epoch - 1) * stepsPerEpoch + Position.Step;

    /// <summary>A point of the run, for schedules.</summary>
    /// <param name="step">The optimizer's steps so far.</param>
    public RunPoint Point(long step) => new(step, stepsPerEpoch, (long)stepsPerEpoch * epochs, Losses);

    /// <summary>A step is done.</summary>
    public void Advance() => Position = Position with { Step = Position.Step + 1, TotalSteps = Position.TotalSteps + 1 };

    /// <summary>Begins an epoch, the next one or the present one again.</summary>
    public void BeginEpoch(int epoch) => Position = Position with { Epoch = epoch, Step = 0 };

    /// <summary>No further epoch is wanted.</summary>
    public void Close() => Position = Position with { Ended = true };
}
