using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Mean squared error.</summary>
/// <remarks>PyTorch's <c>nn.MSELoss</c>.</remarks>
[CatalogEntry("MSE", "MeanSquaredError", "L2")]
public sealed record MSELoss : NumberLoss
{
    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.mse_loss(output, target, reduction);
}
