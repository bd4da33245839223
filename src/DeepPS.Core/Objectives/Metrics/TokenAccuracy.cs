using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Token accuracy: the share of correct tokens, where the network sees the correct tokens before each
/// one.</summary>
/// <remarks>The end of a text counts as a token; padding does not count.</remarks>
[CatalogEntry("TokenAccuracy")]
public sealed record TokenAccuracy : Metric
{
    public override LabelKind LabelKind => LabelKind.Text;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) =>
        new Accuracy().Begin(device, classes);
}
