namespace DeepPS.Layers;

/// <summary>How numbers between the known ones are found.</summary>
public enum Interpolation
{
    /// <summary>The nearest known number before.</summary>
    Nearest,

    /// <summary>Between the two nearest in each direction of an image, by distance.</summary>
    Bilinear,

    /// <summary>Between the two nearest along a signal, by distance.</summary>
    Linear,

    /// <summary>Between the two nearest in each direction of a volume, by distance.</summary>
    Trilinear,

    /// <summary>By a cubic through the four nearest in each direction of an image.</summary>
    Bicubic,

    /// <summary>The nearest known number, either side.</summary>
    NearestExact,

    /// <summary>The mean of those that fall to a place.</summary>
    Area,
}
