namespace DeepPS.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>It was good enough, or did not get better: nothing is left to do.</summary>
    StoppedEarly,

    /// <summary>It was told to make room, by a signal, a time limit or a stop file; it can go on later.</summary>
    Preempted,

    /// <summary>Who had started it wanted no more: Ctrl+C, or a pipeline that ended.</summary>
    Cancelled,

    /// <summary>An error ended it.</summary>
    Failed,
}
