using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// What the critic and the generator of a GAN training minimize, given the critic's scores: one number for
/// each sample, before any sigmoid, larger for samples that look real.
/// </summary>
[CatalogBase(CatalogKind.GanObjective)]
public abstract record GanObjective : CatalogItem
{
    /// <summary>The number of the critic's steps for each step of the generator, if none is given.</summary>
    public virtual int DefaultCriticSteps => 1;

    /// <summary>The factor of the gradient penalty, if neither it nor a weight limit is given; 0: no penalty.</summary>
    public virtual double DefaultPenalty => 0;

    /// <summary>
    /// Whether the scores estimate a distance between real and generated samples, instead of telling them apart.
    /// </summary>
    public virtual bool MeasuresDistance => false;

    /// <summary>The score above which the critic takes a sample for a real one.</summary>
    public virtual double Boundary => 0;

    /// <summary>The loss of the critic.</summary>
    /// <param name="real">The scores of real samples, (samples).</param>
    /// <param name="generated">The scores of generated samples, (samples).</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor CriticLoss(Tensor real, Tensor generated);

    /// <summary>The loss of the generator.</summary>
    /// <param name="generated">The scores of generated samples, (samples).</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor GeneratorLoss(Tensor generated);
}
