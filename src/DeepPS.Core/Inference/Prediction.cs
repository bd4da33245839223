namespace DeepPS.Inference;

/// <summary>What a model says of one sample.</summary>
/// <param name="Value">The class's name, or the number in the label's unit; an array of them where the label is one,
/// nested as its shape is, or has several columns; where it is any of several names, an array of those that are more
/// probable than not.</param>
/// <param name="Probability">How probable the model holds the class, in a sequence or of several names the least sure
/// one; null where it does not say.</param>
public sealed record Prediction(object Value, double? Probability)
{
    /// <summary>What else the model says, by name: the quantiles of the loss Quantile, the deviation of GaussianNLL,
    /// the error of what an autoencoder gives back, the number of each column of the label, the probability of each
    /// name.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Further { get; init; } = [];
}
