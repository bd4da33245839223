namespace DeepPS.Data;

/// <summary>What becomes of a few missing steps of a series.</summary>
public enum GapRule
{
    /// <summary>They lie on the line between the values before and after them.</summary>
    Interpolate,

    /// <summary>They have the last value before them.</summary>
    Hold,

    /// <summary>The series ends before them and another begins behind them.</summary>
    Split,
}
