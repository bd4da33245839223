namespace DeepPS.Training;

/// <summary>Which of the models in a training's checkpoints to read.</summary>
public enum CheckpointChoice
{
    /// <summary>
    /// The model that the training gives: of the newest checkpoint, with the parameters of the best epoch if the
    /// training has ended and restores them.
    /// </summary>
    Result,

    /// <summary>The model of the newest checkpoint.</summary>
    Last,

    /// <summary>The model of the best epoch so far.</summary>
    Best,
}
