using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The critic learns the score 1 for real and 0 for generated samples by half the squared error; the generator aims at
/// 1.
/// </summary>
/// <remarks>Mao et al., Least Squares Generative Adversarial Networks (2017).</remarks>
[CatalogEntry("LeastSquares", "LSGAN")]
public sealed record LeastSquaresGan : GanObjective
{
    /// <inheritdoc/>
    public override double Boundary => 0.5;

    /// <inheritdoc/>
    public override Tensor CriticLoss(Tensor real, Tensor generated) =>
        real.sub(1).square().mean().add(generated.square().mean()).mul(0.5);

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor generated) => generated.sub(1).square().mean().mul(0.5);
}
