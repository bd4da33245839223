namespace DeepPS;

/// <summary>A row of a confusion matrix: how many samples of a class were predicted as which. A cmdlet makes each count a property.</summary>
public sealed class ConfusionMatrixRow
{
    private readonly IReadOnlyList<KeyValuePair<string, long>> predicted;

    internal ConfusionMatrixRow(string of, IReadOnlyList<KeyValuePair<string, long>> predicted)
    {
        Class = of;
        this.predicted = predicted;
    }

    /// <summary>The class that the samples are of.</summary>
    public string Class { get; }

    /// <summary>How many of them were predicted as each class, by its name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Predicted() => predicted;

    /// <summary>The counts on one line.</summary>
    public override string ToString() => $"{Class}: {string.Join(", ", predicted.Where(count => count.Value > 0).Select(count => $"{count.Value:N0} {count.Key}"))}";
}
