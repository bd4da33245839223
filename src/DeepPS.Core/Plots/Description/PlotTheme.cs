namespace DeepPS.Plots;

/// <summary>The colours of a drawing.</summary>
public enum PlotTheme
{
    /// <summary>Dark text on white, for paper and most documents.</summary>
    Light,

    /// <summary>Light text on a dark ground.</summary>
    Dark,
}
