using System.Text.Json.Nodes;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>A running training, as callbacks see it.</summary>
public sealed class TrainingSession
{
    private readonly TrainingRun run;
    private readonly Lazy<JsonObject> data;

    internal TrainingSession(Model model, TrainingRun run, JsonObject settings, Lazy<JsonObject> data)
    {
        Model = model;
        Settings = settings;
        this.run = run;
        this.data = data;
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The current epoch, as its record will number it.</summary>
    public int Epoch => run.Clock.Epoch;

    /// <summary>The last epoch of the training, numbered in the same way.</summary>
    public int LastEpoch => run.Clock.Position.FirstEpoch + run.Options.Epochs;

    /// <summary>The number of finished steps in the epoch.</summary>
    public int Step => run.Clock.Position.Step;

    /// <summary>The number of steps in an epoch.</summary>
    public int StepsPerEpoch => run.Clock.StepsPerEpoch;

    /// <summary>The number of finished steps of this training, over all epochs and resumed parts.</summary>
    public long TotalSteps => run.Clock.Position.TotalSteps;

    /// <summary>The largest number of samples in a step.</summary>
    public long SamplesPerStep => (long)run.Options.BatchSize * run.Options.AccumulateSteps;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate => run.LearningRate;

    /// <summary>The mean loss over the epoch's samples so far. Reading it waits for the device.</summary>
    public double Loss => run.LossSoFar;

    /// <summary>How and why training stops after this step; null: it continues.</summary>
    public (TrainingEnd End, string Reason)? Stopping { get; private set; }

    /// <summary>Stops the training after this step. The first call counts.</summary>
    /// <param name="end">How the training ended.</param>
    /// <param name="reason">The reason, a text that follows "Training stopped:".</param>
    public void Stop(TrainingEnd end, string reason) => Stopping ??= (end, reason);

    /// <summary>Why the training failed; null: it did not.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Notes why the training failed. The first call counts.</summary>
    internal void Fail(Exception error) => Failure ??= error.Message;

    /// <summary>Runs a piece of the training, and notes its error.</summary>
    internal void Attempt(Action piece)
    {
        try
        {
            piece();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
            throw;
        }
    }

    internal TrainingRun Run => run;

    /// <summary>The training options.</summary>
    internal JsonObject Settings { get; }

    /// <summary>The fingerprint of the data. The first read computes it from all values.</summary>
    internal JsonObject Data => data.Value;
}
