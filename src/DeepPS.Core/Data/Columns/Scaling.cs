namespace DeepPS.Data;

/// <summary>How a column's numbers are brought into a range in which networks learn well.</summary>
public enum Scaling
{
    /// <summary>Less the mean, by the standard deviation.</summary>
    Standard,

    /// <summary>From 0, the least, to 1, the most.</summary>
    MinMax,

    /// <summary>Less the median, by the distance of the quartiles: values far out count for little.</summary>
    Robust,

    /// <summary>The logarithm of 1 + the number's size, with the number's sign, then as Standard: for sizes and counts.</summary>
    Log,

    /// <summary>As they are.</summary>
    None,
}
