using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>ResNet for CIFAR images with stochastic depth: random blocks are skipped while training.</summary>
/// <remarks>1,727,962 parameters at 110 layers, as the same network without stochastic depth. The probability grows
/// linearly from the first block to the last. Huang, Sun, Liu, Sedra and Weinberger, Deep Networks with Stochastic
/// Depth (2016).</remarks>
[CatalogEntry("StochasticDepthResNet")]
public sealed record StochasticDepthResNet : CifarResidualNetwork
{
    /// <summary>The number of layers: 6 n + 2.</summary>
    [Setting(Position = 0, Minimum = 8)]
    public int Depth { get; init; } = 110;

    /// <summary>The probability that the last block is skipped for a sample.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double DropProbability { get; init; } = 0.5;

    protected internal override void Validate()
    {
        if ((Depth - 2) % 6 != 0)
            throw SettingProblem.Of(this, nameof(Depth), "6 n + 2 layers, such as 20, 56, 110 or 1202", Depth);
    }

    private protected override int BlocksInAStage => (Depth - 2) / 6;

    private protected override Layer Block(string name, int number, int filters, int stride) => new Residual
    {
        Name = name,
        Body = new(
        [
            .. Conv.Same(filters, 3, stride), .. Linear.Same(filters, 3),
            new StochasticDepth { Probability = DropProbability * (number + 1) / (3 * BlocksInAStage) },
        ]),
        Shortcut = stride > 1 ? HalvingShortcut(filters) : new(),
        Activation = Relu,
    };
}
