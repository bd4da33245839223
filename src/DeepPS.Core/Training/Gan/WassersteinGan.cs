using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The critic maximizes the difference between the mean scores of real and generated samples, which estimates their
/// earth mover's distance if its slope is limited; the generator maximizes the mean score of its samples.
/// </summary>
/// <remarks>
/// Arjovsky, Chintala and Bottou, Wasserstein GAN (2017), limits weights; Gulrajani et al., Improved Training of
/// Wasserstein GANs (2017), penalizes the norm of gradients: factor 10, five steps of the critic for each of the
/// generator.
/// </remarks>
[CatalogEntry("Wasserstein", "WGAN")]
public sealed record WassersteinGan : GanObjective
{
    /// <inheritdoc/>
    public override int DefaultCriticSteps => 5;

    /// <inheritdoc/>
    public override double DefaultPenalty => 10;

    /// <inheritdoc/>
    public override bool MeasuresDistance => true;

    /// <inheritdoc/>
    public override Tensor CriticLoss(Tensor real, Tensor generated) => generated.mean().sub(real.mean());

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor generated) => generated.mean().neg();
}
