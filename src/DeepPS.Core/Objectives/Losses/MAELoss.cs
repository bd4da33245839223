using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Mean absolute error. More robust to outliers than MSE.</summary>
/// <remarks>PyTorch's <c>nn.L1Loss</c>.</remarks>
[CatalogEntry("MAE", "MeanAbsoluteError", "L1")]
public sealed record MAELoss : NumberLoss
{
    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.l1_loss(output, target, reduction);
}
