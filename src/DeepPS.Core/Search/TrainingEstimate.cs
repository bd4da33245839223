using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Search;

/// <summary>The expected time and memory of a training, measured over a few steps.</summary>
public sealed record TrainingEstimate
{
    private const int Steps = 4;

    /// <summary>The number of parameters of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>The number of training samples.</summary>
    public required int Samples { get; init; }

    /// <summary>The number of steps in an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>The mean loss of the measured steps.</summary>
    public required double Loss { get; init; }

    /// <summary>The time of a step, not counting the first.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>The time of an epoch, without validation.</summary>
    public TimeSpan Epoch => Step * StepsPerEpoch;

    /// <summary>The time of all epochs, without validation.</summary>
    public required TimeSpan Run { get; init; }

    /// <summary>The memory of the process after the steps, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>
    /// Takes some steps, which also checks that the training works. The model is restored afterwards.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The training options.</param>
    /// <param name="training">The training samples.</param>
    /// <param name="validation">The validation samples; null: none.</param>
    /// <param name="plan">The data plan; null: one fitted to the samples.</param>
    /// <param name="log">Called with each decision.</param>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="teachers">The teachers; null: none.</param>
    /// <exception cref="DlException">The same as those of training.</exception>
    public static TrainingEstimate Of(Model model, TrainingOptions options, Dataset training,
        Dataset? validation = null, DataPlan? plan = null, Action<string>? log = null,
        CancellationToken cancel = default, IReadOnlyList<Model>? teachers = null)
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
                var step = session.TotalSteps > 1 ? Stopwatch.GetElapsedTime(began) / (session.TotalSteps - 1)
                    : TimeSpan.Zero;
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
        TrainingTrial.Run(model, options, (training, validation, plan), watch, log, cancel, teachers);
        return estimate!;
    }
}
