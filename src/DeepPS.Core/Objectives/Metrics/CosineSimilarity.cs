using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Cosine similarity: the mean cosine between predictions and labels of several numbers; 1 is best.</summary>
/// <remarks>Each sample's numbers are one vector; the cosine is 0 if one of the two is all 0. scikit-learn's
/// <c>cosine_similarity</c> of each pair.</remarks>
[CatalogEntry("CosineSimilarity")]
public sealed record CosineSimilarity : Metric
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool HigherIsBetter => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new CosineSum(device);

    private sealed class CosineSum(Device device) : RunningSum(device, sums: 1, ScalarType.Float64)
    {
        protected override void AddBatch(MetricBatch batch) =>
            Sums[0].add_(Direction(batch.Prediction).mul(Direction(batch.Target)).sum());

        protected override double Compute() => Sums[0].item<double>() / Samples;

        private static Tensor Direction(Tensor numbers)
        {
            var vectors = numbers.to_type(ScalarType.Float64).reshape(numbers.shape[0], -1);
            return vectors.div(vectors.square().sum(1, keepdim: true).sqrt().clamp_min(1e-300));
        }
    }
}
