namespace DeepPS.Objectives;

/// <summary>What predictions over classes come to.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Hits">How many samples of each class were predicted rightly.</param>
/// <param name="Predicted">How many times each class was predicted.</param>
/// <param name="Actual">How many samples each class has; of several names a sample, each name.</param>
internal sealed record ClassCounts(IReadOnlyList<string> Classes, double[] Hits, double[] Predicted, double[] Actual)
{
    /// <summary>How many samples there are.</summary>
    public double Total { get; } = Actual.Sum();
}
