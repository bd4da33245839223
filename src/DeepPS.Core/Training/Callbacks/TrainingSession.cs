using System.Text.Json.Nodes;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>A training under way, as callbacks see it.</summary>
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

    /// <summary>The model that learns.</summary>
    public Model Model { get; }

    /// <summary>The epoch under way, as its record will number it.</summary>
    public int Epoch => run.Clock.Epoch;

    /// <summary>How many epochs there are at the most, counted in the same way.</summary>
    public int LastEpoch => run.Clock.Position.FirstEpoch + run.Options.Epochs;

    /// <summary>The steps of the epoch that are done.</summary>
    public int Step => run.Clock.Position.Step;

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch => run.Clock.StepsPerEpoch;

    /// <summary>The steps of this training that are done, over all epochs and resumed parts.</summary>
    public long TotalSteps => run.Clock.Position.TotalSteps;

    /// <summary>How many samples a step learns from at the most.</summary>
    public int SamplesPerStep => run.Options.BatchSize * run.Options.AccumulateSteps;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate => run.LearningRate;

    /// <summary>The mean loss over the epoch's samples so far. To know it, the device is waited for.</summary>
    public double Loss => run.LossSoFar;

    /// <summary>Why training is to stop after this step, and in what words; null: it goes on.</summary>
    public (TrainingEnd End, string Reason)? Stopping { get; private set; }

    /// <summary>Makes this step the last. The first who says so is heard.</summary>
    /// <param name="end">What it is to count as.</param>
    /// <param name="reason">Why, in words that follow "Training stopped:".</param>
    public void Stop(TrainingEnd end, string reason) => Stopping ??= (end, reason);

    internal TrainingRun Run => run;

    /// <summary>How the model is trained.</summary>
    internal JsonObject Settings { get; }

    /// <summary>What the data is known by; its values are gone through when this is first asked for.</summary>
    internal JsonObject Data => data.Value;
}
