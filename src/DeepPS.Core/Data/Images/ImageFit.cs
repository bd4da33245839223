namespace DeepPS.Data;

/// <summary>How images of any size become images of one size.</summary>
public enum ImageFit
{
    /// <summary>Scaled until both sides are at least as long as wanted, keeping their ratio; what juts out is cut off evenly.</summary>
    ShortSide,

    /// <summary>Scaled to the size wanted, whatever that does to the ratio of the sides.</summary>
    Stretch,

    /// <summary>Scaled until both sides are at most as long as wanted, keeping their ratio; the rest is black.</summary>
    Letterbox,
}
