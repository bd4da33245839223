using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Average precision: the area under the precision-recall curve.</summary>
/// <remarks>The sum over thresholds of the gain in recall times the precision there. 1 is perfect; the share of the
/// class is chance level. scikit-learn's <c>average_precision_score</c>.</remarks>
[CatalogEntry("AveragePrecision")]
public sealed record AveragePrecision : ScoreMetric
{
    private protected override Tensor Of(Tensor own, Tensor others)
    {
        var before = cat([zeros(1, dtype: own.dtype, device: own.device), own.narrow(0, 0, own.shape[0] - 1)]);
        return own.sub(before).mul(own.div(own.add(others))).sum().div(own[-1]);
    }
}
