namespace DeepPS.Data;

/// <summary>What becomes of pixels besides numbers from 0 to 1.</summary>
public enum ImageNormalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each channel is standardised by its mean and deviation in the training part.</summary>
    Data,

    /// <summary>Each channel is standardised by its mean and deviation in ImageNet, as published networks expect it.</summary>
    ImageNet,
}
