namespace DeepPS.Inference;

/// <summary>The prediction for one sample.</summary>
/// <param name="Value">The class in the type of the label's values (text, a number or a boolean), or the number in the
/// label's unit; for a label with a shape or several columns, a (nested) array of them; for a label of several names,
/// an array of the names with a probability above 0.5; for a label of text the text.</param>
/// <param name="Probability">The probability of the class; for a sequence or several names that of the least certain
/// one, for a text that of all of its tokens; null if the loss gives none.</param>
public sealed record Prediction(object Value, double? Probability)
{
    /// <summary>
    /// The columns, separated by commas, whose values are unlike those of training: names that are rare there
    /// or were not in it, and numbers outside its range by more than half of the range. Null if there are none.
    /// </summary>
    public string? Unfamiliar { get; internal set; }

    /// <summary>Whether the columns were checked.</summary>
    public bool IsChecked { get; internal set; }

    /// <summary>Further values by name: the quantiles of loss Quantile, the deviation of GaussianNLL, an autoencoder's
    /// reconstruction error, the number of each label column, the probability of each name.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Further { get; init; } = [];
}
