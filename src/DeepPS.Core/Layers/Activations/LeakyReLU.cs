using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x if x > 0, else NegativeSlope * x.</summary>
/// <remarks>PyTorch's <c>nn.LeakyReLU</c>.</remarks>
[CatalogEntry("LeakyReLU")]
public sealed record LeakyReLU : FixedActivation
{
    /// <summary>The slope below 0.</summary>
    [Setting(Position = 0)]
    public double NegativeSlope { get; init; } = 0.01;

    public override Tensor Apply(Tensor input) => F.leaky_relu(input, NegativeSlope);

    // A slope below 0 needs the sign of the input for the gradient, so not in place.
    public override Tensor ApplyInPlace(Tensor input) =>
        F.leaky_relu(input, NegativeSlope, inplace: NegativeSlope >= 0);
}
