namespace DeepPS.Objectives;

/// <summary>A cell of a confusion matrix: the samples of one class that were predicted as one class.</summary>
/// <param name="True">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="Fraction">Their share of the samples of the true class; 0 if there are none. scikit-learn's
/// <c>normalize="true"</c>.</param>
public sealed record ConfusionPair(string True, string Predicted, long Count, double Fraction)
{
    /// <summary>The cells of a matrix, row by row.</summary>
    public static IReadOnlyList<ConfusionPair> Of(IEnumerable<ConfusionMatrixRow> rows) => rows.SelectMany(row =>
    {
        var total = row.Predicted().Sum(cell => cell.Value);
        return row.Predicted().Select(cell => new ConfusionPair(row.Class, cell.Key, cell.Value,
            total == 0 ? 0 : (double)cell.Value / total));
    }).ToArray();

    /// <summary>The pair and its count on one line.</summary>
    public override string ToString() => $"{True} as {Predicted}: {Count}";
}
