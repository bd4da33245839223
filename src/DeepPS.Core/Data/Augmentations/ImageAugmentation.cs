using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// What augmentations of images share: they change inputs of channels x height x width, whatever else goes in beside them.
/// </summary>
/// <remarks>Where there are several images a sample, each is changed by random numbers of its own.</remarks>
public abstract record ImageAugmentation : Augmentation
{
    /// <summary>How probable it is that a sample is changed.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public virtual double Probability { get; init; } = 1;

    /// <summary>Whether pixels are moved, not only given other values: an image that is to be given back moves too.</summary>
    private protected abstract bool Moves { get; }

    /// <summary>What is wanted of an input, in words.</summary>
    private protected virtual string Wants => "images, channels x height x width";

    /// <summary>How probable it is that <see cref="Draw"/>'s change happens to a sample.</summary>
    private protected virtual double Chance => Probability;

    internal sealed override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label)
    {
        var images = inputs.Where(Fits).ToArray();
        return images.Length == 0 ? IsFor(Wants, inputs)
            : images.Select(image => RefusesShape(image.Shape)).FirstOrDefault(problem => problem is not null);
    }

    internal sealed override void Apply(AugmentedBatch batch) => batch.Change(
        Fits, (_, images) => batch.Random.Sometimes(Chance, Draw(batch.Random, images)), Moves);

    /// <summary>Whether an input is one to change.</summary>
    private protected virtual bool Fits(InputPlan input) => input.Shape.Rank == 3 && !input.HoldsIds;

    /// <summary>Why images of a shape cannot be changed, in words that follow the name; null: they can.</summary>
    private protected virtual string? RefusesShape(Shape image) => null;

    /// <summary>Draws what chance decides for each image.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="images">The images (samples, channels, height, width), for their sizes.</param>
    /// <returns>The change, which gives a new tensor.</returns>
    private protected abstract Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images);
}
