using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>For numbers: the mean of the errors without their signs. Outliers pull less than with MSE.</summary>
/// <remarks>PyTorch's <c>nn.L1Loss</c>.</remarks>
[CatalogEntry("MAE", "MeanAbsoluteError", "L1")]
public sealed record MeanAbsoluteError : NumberLoss
{
    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) => F.l1_loss(output, target, reduction);
}
