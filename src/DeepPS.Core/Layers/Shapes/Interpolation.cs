namespace DeepPS.Layers;

/// <summary>How values between known ones are computed.</summary>
public enum Interpolation
{
    /// <summary>The nearest value at or before the place.</summary>
    Nearest,

    /// <summary>Linear in both directions of an image.</summary>
    Bilinear,

    /// <summary>Linear along a signal.</summary>
    Linear,

    /// <summary>Linear in all directions of a volume.</summary>
    Trilinear,

    /// <summary>Cubic in both directions of an image.</summary>
    Bicubic,

    /// <summary>The nearest value on either side.</summary>
    NearestExact,

    /// <summary>The mean of the values that fall into a place.</summary>
    Area,
}
