namespace DeepPS.Training;

/// <summary>Calls the callbacks after each step; any of them may stop the training.</summary>
internal sealed class CallbackHook : StepHook
{
    /// <summary>The training.</summary>
    public TrainingSession? Session { get; set; }

    /// <summary>The callbacks in the order of their calls.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; set; } = [];

    /// <inheritdoc/>
    public override bool AfterStep()
    {
        foreach (var callback in Callbacks)
            callback.AfterStep(Session!);
        return Session?.Stopping is null;
    }
}
