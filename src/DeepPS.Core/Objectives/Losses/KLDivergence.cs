using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Kullback-Leibler divergence from a label that is a distribution, for a network that ends with
/// LogSoftmax.</summary>
/// <remarks>Output: log probabilities. Target: probabilities of the same shape. The loss is the sum of p (ln p -
/// output) over a sample, the mean over samples (Kullback and Leibler 1951). The label is not standardized. Predictions
/// are probabilities. PyTorch's <c>nn.KLDivLoss(reduction="batchmean")</c>.</remarks>
[CatalogEntry("KLDivergence", "KLDiv")]
public sealed record KLDivergence : NumberLoss
{
    public override bool Standardizes => false;

    public override bool TakesLogProbabilities => true;

    public override Tensor Numbers(Tensor output) => output.exp();

    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction)
    {
        var each = F.kl_div(output, target, log_target: false, nn.Reduction.None).flatten(1).sum(1);
        return reduction == nn.Reduction.Mean ? each.mean() : each;
    }
}
