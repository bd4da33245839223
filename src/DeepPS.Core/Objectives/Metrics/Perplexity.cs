using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Perplexity: exp of the mean of -ln p of the true class.</summary>
/// <remarks>1 is best; uniform probabilities give the number of classes. Used for language models.</remarks>
[CatalogEntry("Perplexity")]
public sealed record Perplexity : Metric
{
    private const double Least = 1e-300;

    public override LabelKind LabelKind => LabelKind.Class;

    public override bool Suits(LabelKind kind) => kind is LabelKind.Class or LabelKind.Text;

    public override bool HigherIsBetter => false;

    public override bool NeedsProbabilities => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new LogLoss.LogSum(device, Least, Math.Exp);
}
