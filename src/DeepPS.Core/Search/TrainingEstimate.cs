using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Search;

/// <summary>What a training would take, from a few of its steps.</summary>
public sealed record TrainingEstimate
{
    private const int Steps = 4;

    /// <summary>How many numbers the model learns.</summary>
    public required long Parameters { get; init; }

    /// <summary>The samples to learn from.</summary>
    public required int Samples { get; init; }

    /// <summary>How many steps an epoch has.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The mean loss of the steps that were tried.</summary>
    public required double Loss { get; init; }

    /// <summary>How long a step takes, without the first.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>How long an epoch takes, without validation.</summary>
    public TimeSpan Epoch => Step * StepsPerEpoch;

    /// <summary>How long all epochs take, without validation.</summary>
    public required TimeSpan Run { get; init; }

    /// <summary>The process's memory in use after the steps, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Tries some steps: everything goes through once, and the model is as before afterwards.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How it is to be trained.</param>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="validation">The samples to look at; null: none.</param>
    /// <param name="plan">How raw data becomes tensors; null: fitted to the samples.</param>
    /// <param name="log">Told what was decided.</param>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException">As training itself.</exception>
    public static TrainingEstimate Of(Model model, TrainingOptions options, Dataset training, Dataset? validation = null, DataPlan? plan = null,
        Action<string>? log = null, CancellationToken cancel = default)
    {
        TrainingEstimate? estimate = null;
        var began = 0L;
        var watch = new ActionCallback
        {
            OnStep = session =>
            {
                if (session.TotalSteps == 1)
                    began = Stopwatch.GetTimestamp();
                var last = Math.Min(Steps, (int)Math.Min(session.StepsPerEpoch * (long)options.Epochs, Steps));
                if (session.TotalSteps < last)
                    return true;
                var loss = session.Loss;
                var step = session.TotalSteps > 1 ? Stopwatch.GetElapsedTime(began) / (session.TotalSteps - 1) : TimeSpan.Zero;
                estimate = new TrainingEstimate
                {
                    Parameters = session.Model.ParameterCount,
                    Samples = training.Count,
                    StepsPerEpoch = session.StepsPerEpoch,
                    Loss = loss,
                    Step = step,
                    Run = step * session.StepsPerEpoch * options.Epochs,
                    Memory = Process.GetCurrentProcess().WorkingSet64,
                };
                return false;
            },
        };
        TrainingTrial.Run(model, options, (training, validation, plan), watch, log, cancel);
        return estimate!;
    }
}
