using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The critic is a classifier that minimizes the cross-entropy of real and generated samples; the generator maximizes
/// the critic's log probability that its samples are real (the non-saturating form).
/// </summary>
/// <remarks>Goodfellow et al., Generative Adversarial Networks (2014). Scores are logits.</remarks>
[CatalogEntry("Standard", "NonSaturating")]
public sealed record StandardGan : GanObjective
{
    /// <inheritdoc/>
    public override Tensor CriticLoss(Tensor real, Tensor generated) =>
        nn.functional.softplus(real.neg()).mean().add(nn.functional.softplus(generated).mean());

    /// <inheritdoc/>
    public override Tensor GeneratorLoss(Tensor generated) => nn.functional.softplus(generated.neg()).mean();
}
