namespace DeepPS.Objectives;

/// <summary>The counts of predictions by class.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Hits">The correct predictions of each class.</param>
/// <param name="Predicted">The predictions of each class.</param>
/// <param name="Actual">The samples of each class; with several names per sample, each name counts.</param>
internal sealed record ClassCounts(IReadOnlyList<string> Classes, double[] Hits, double[] Predicted, double[] Actual)
{
    /// <summary>The number of samples.</summary>
    public double Total { get; } = Actual.Sum();
}
