using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Base of augmentations of images: they change inputs of channels x height x width, whatever other inputs there are.
/// </summary>
/// <remarks>Where a sample has several images, each gets its own random numbers.</remarks>
public abstract record ImageAugmentation : Augmentation
{
    /// <summary>Probability that a sample is changed.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public virtual double Probability { get; init; } = 1;

    /// <summary>
    /// Whether pixels move, instead of only changing values; an image that the network reproduces moves too.
    /// </summary>
    private protected abstract bool Moves { get; }

    /// <summary>The inputs that the augmentation supports, in words.</summary>
    private protected virtual string Supported => "images, channels x height x width";

    /// <summary>Probability that the change of <see cref="Draw"/> happens to a sample.</summary>
    private protected virtual double Chance => Probability;

    internal sealed override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label)
    {
        var images = inputs.Where(Fits).ToArray();
        return images.Length == 0 ? IsFor(Supported, inputs)
            : images.Select(image => RefusesShape(image.Shape)).FirstOrDefault(problem => problem is not null);
    }

    internal sealed override void Apply(AugmentedBatch batch) => batch.Change(
        Fits, (_, images) => batch.Random.Sometimes(Chance, Draw(batch.Random, images)), Moves);

    /// <summary>Whether the augmentation changes an input.</summary>
    private protected virtual bool Fits(InputPlan input) =>
        input is { Shape.Rank: 3, HoldsIds: false, IsPadded: false };

    /// <summary>Why images of a shape cannot be changed, in words that follow the name; null: they can.</summary>
    private protected virtual string? RefusesShape(Shape image) => null;

    /// <summary>Draws the random numbers of each image.</summary>
    /// <param name="random">Source of random numbers.</param>
    /// <param name="images">The images (samples, channels, height, width), for their sizes.</param>
    /// <returns>The change, which returns a new tensor.</returns>
    private protected abstract Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images);
}
