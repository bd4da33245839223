using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>How values between pixels are interpolated.</summary>
public enum Resampling
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>Bilinear, from the four nearest pixels by distance.</summary>
    Bilinear,
}

/// <summary>Torch's names for <see cref="Resampling"/>.</summary>
internal static class ResamplingMode
{
    public static GridSampleMode Torchs(this Resampling resampling) =>
        resampling == Resampling.Bilinear ? GridSampleMode.Bilinear : GridSampleMode.Nearest;
}
