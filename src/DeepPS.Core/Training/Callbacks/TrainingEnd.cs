namespace DeepPS.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>It was good enough or no longer improved: there is nothing left to do.</summary>
    StoppedEarly,

    /// <summary>A signal, a time limit or a stop file ended it; it can be resumed.</summary>
    Preempted,

    /// <summary>The user cancelled it: Ctrl+C, or a pipeline that ended.</summary>
    Cancelled,

    /// <summary>An error ended it.</summary>
    Failed,
}
