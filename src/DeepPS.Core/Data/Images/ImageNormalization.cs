namespace DeepPS.Data;

/// <summary>How pixels from 0 to 1 are normalised.</summary>
public enum ImageNormalization
{
    /// <summary>No normalisation.</summary>
    None,

    /// <summary>Standardises each channel by its mean and deviation in the training part.</summary>
    Data,

    /// <summary>
    /// Standardises each pixel by its own mean and deviation in the training part; all images then have their objects
    /// in the same place, as scanned digits or faces do.
    /// </summary>
    Pixel,

    /// <summary>
    /// Standardises each channel by its mean and deviation in ImageNet, as published networks expect.
    /// </summary>
    ImageNet,
}
