using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Area under the ROC curve: the probability that a sample of the class scores above one of another
/// class.</summary>
/// <remarks>1 is perfect, 0.5 is chance level; equal scores count half. scikit-learn's <c>roc_auc_score</c>, of more
/// than two classes with <c>multi_class="ovr"</c>.</remarks>
[CatalogEntry("RocAuc", "AUC")]
public sealed record RocAuc : ScoreMetric
{
    private protected override Tensor Of(Tensor own, Tensor others)
    {
        var zero = zeros(1, dtype: own.dtype, device: own.device);
        var (hits, falses) = (cat([zero, own]), cat([zero, others]));
        var steps = own.shape[0];
        return falses.narrow(0, 1, steps).sub(falses.narrow(0, 0, steps))
            .mul(hits.narrow(0, 1, steps).add(hits.narrow(0, 0, steps))).sum().div(2).div(own[-1].mul(others[-1]));
    }
}
