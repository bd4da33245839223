using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A way to change inputs a little so that a model is wrong. No number changes by more than Epsilon.</summary>
[CatalogBase(CatalogKind.Attack)]
public abstract record Attack : CatalogItem
{
    /// <summary>The largest change of a number: of a pixel, where 1 is the difference between black and white; of
    /// another number, in its standardised form.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Epsilon { get; init; } = 0.1;

    /// <summary>Changes a batch.</summary>
    /// <param name="model">The attacked model.</param>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="targets">The true targets; with <paramref name="targeted"/> those that the model shall
    /// predict.</param>
    /// <param name="targeted">Whether the loss is made smaller instead of larger.</param>
    /// <param name="random">Source of random numbers.</param>
    /// <returns>The changed inputs; those that cannot change are the same tensors.</returns>
    internal abstract Tensor[] Change(AttackedModel model, Tensor[] inputs, Tensor targets, bool targeted,
        Generator random);
}
