namespace DeepPS.Data;

/// <summary>How a column's numbers are scaled to a range in which networks learn well.</summary>
public enum Scaling
{
    /// <summary>(value - mean) / standard deviation.</summary>
    Standard,

    /// <summary>From 0, the smallest, to 1, the largest.</summary>
    MinMax,

    /// <summary>(value - median) / interquartile range: robust against outliers.</summary>
    Robust,

    /// <summary>
    /// The logarithm of 1 + the absolute value, with the value's sign, then as Standard: for sizes and counts.
    /// </summary>
    Log,

    /// <summary>No scaling.</summary>
    None,
}
