namespace DeepPS.Data;

/// <summary>How short gaps in a series are filled.</summary>
public enum GapRule
{
    /// <summary>Interpolates linearly between the values before and after the gap.</summary>
    Interpolate,

    /// <summary>Repeats the last value before the gap.</summary>
    Hold,

    /// <summary>Ends the series before the gap and starts another one after it.</summary>
    Split,
}
