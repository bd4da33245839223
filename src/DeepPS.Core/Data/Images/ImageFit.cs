namespace DeepPS.Data;

/// <summary>How images of different sizes get one size.</summary>
public enum ImageFit
{
    /// <summary>Scales until both sides are long enough, keeping their ratio, and crops the centre.</summary>
    ShortSide,

    /// <summary>Scales to the size without keeping the ratio of the sides.</summary>
    Stretch,

    /// <summary>Scales until both sides fit, keeping their ratio, and pads with black.</summary>
    Letterbox,
}
