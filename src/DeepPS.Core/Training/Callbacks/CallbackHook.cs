namespace DeepPS.Training;

/// <summary>Tells callbacks of each step; one of them may make it the last.</summary>
internal sealed class CallbackHook : StepHook
{
    /// <summary>The training.</summary>
    public TrainingSession? Session { get; set; }

    /// <summary>Who is told, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; set; } = [];

    /// <inheritdoc/>
    public override bool AfterStep()
    {
        foreach (var callback in Callbacks)
            callback.AfterStep(Session!);
        return Session?.Stopping is null;
    }
}
