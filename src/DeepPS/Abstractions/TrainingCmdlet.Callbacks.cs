using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <content>The callbacks that the parameters ask for.</content>
public abstract partial class TrainingCmdlet
{
    /// <summary>Callbacks of the command's own, which are called after those of the user.</summary>
    private protected virtual IEnumerable<TrainingCallback> OwnCallbacks => [];

    private IReadOnlyList<TrainingCallback> Callbacks(RunRecorder? record)
    {
        var callbacks = new List<TrainingCallback>
        {
            new StopSignals { Signal = StopSignal, ShellInterrupts = true },
        };
        if (MaxTime is not null || MaxSamples is not null || StopFile is not null)
            callbacks.Add(new TrainingLimits
            {
                Time = MaxTime,
                Samples = MaxSamples,
                StopFile = StopFile is null ? null : this.ResolveTarget(StopFile),
            });
        if (record is not null)
            callbacks.Add(record);
        if (OnEpoch is not null || OnBatch is not null)
            callbacks.Add(new ScriptCallback(null, OnBatch, OnEpoch, null));
        callbacks.AddRange(Callback);
        callbacks.AddRange(OwnCallbacks);
        return callbacks;
    }
}
