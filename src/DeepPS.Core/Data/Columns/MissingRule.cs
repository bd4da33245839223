namespace DeepPS.Data;

/// <summary>What becomes of a value that is missing.</summary>
public enum MissingRule
{
    /// <summary>The mean of the training part's values stands for it.</summary>
    Mean,

    /// <summary>Their median stands for it.</summary>
    Median,

    /// <summary>Their most frequent value stands for it, of several the least.</summary>
    Mode,

    /// <summary>A value that is named stands for it: Fill.</summary>
    Constant,

    /// <summary>Its row is left out of training, validation and test, and is an error at prediction.</summary>
    Drop,

    /// <summary>It is an error.</summary>
    Refuse,
}
