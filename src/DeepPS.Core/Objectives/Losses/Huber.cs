using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Huber loss: half the squared error up to Delta, linear above. Robust to outliers.</summary>
/// <remarks>e^2 / 2 up to Delta, Delta (|e| - Delta / 2) above (Huber 1964); e is in the label's standard deviations.
/// PyTorch's <c>nn.HuberLoss</c>.</remarks>
[CatalogEntry("Huber")]
public sealed record Huber : NumberLoss
{
    /// <summary>The error above which the loss is linear. Must be above 0.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Delta { get; init; } = 1;

    protected internal override void Validate()
    {
        if (Delta == 0)
            throw SettingProblem.Of(this, nameof(Delta), "a number above 0", Delta);
    }

    private protected override Tensor Losses(Tensor output, Tensor target, nn.Reduction reduction) =>
        F.huber_loss(output, target, Delta, reduction);
}
