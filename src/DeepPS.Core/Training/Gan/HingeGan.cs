using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The critic learns scores of at least 1 for real and at most -1 for generated samples; the generator maximizes the
/// mean score of its samples.
/// </summary>
/// <remarks>
/// Lim and Ye, Geometric GAN (2017); Miyato et al., Spectral Normalization for Generative Adversarial Networks (2018).
/// </remarks>
[CatalogEntry("Hinge")]
public sealed record HingeGan : GanObjective
{
    /// <inheritdoc/>
    public override Tensor CriticLoss(Tensor real, Tensor generated) =>
        real.neg().add(1).relu().mean().add(generated.add(1).relu().mean());

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor generated) => generated.mean().neg();
}
