namespace DeepPS.Data;

/// <summary>What happens to missing values.</summary>
public enum MissingRule
{
    /// <summary>Replaces them by the mean of the training values.</summary>
    Mean,

    /// <summary>Replaces them by the median of the training values.</summary>
    Median,

    /// <summary>Replaces them by the most frequent training value; the smallest of several.</summary>
    Mode,

    /// <summary>Replaces them by the value of Fill.</summary>
    Constant,

    /// <summary>Drops their rows from training, validation and test; an error in prediction.</summary>
    Drop,

    /// <summary>Refuses them with an error.</summary>
    Refuse,
}
