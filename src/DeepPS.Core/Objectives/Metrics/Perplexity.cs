using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Between how many classes the model is undecided, as it were: e to the mean of -ln p of the right
/// class.</summary>
/// <remarks>1 at best; as many as there are classes where all are held equally likely. The measure of language
/// models.</remarks>
[CatalogEntry("Perplexity")]
public sealed record Perplexity : Metric
{
    private const double Least = 1e-300;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => false;

    public override bool NeedsProbabilities => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new LogLoss.LogSum(device, Least, Math.Exp);
}
