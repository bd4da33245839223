using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Changes the samples that a training learns from by chance, so that a model sees more than there is.</summary>
/// <remarks>
/// It changes whole batches on the training's device, each sample by random numbers of its own. They come from a generator
/// that nothing else draws from and that follows from the training's seed. Validation, measuring and predictions see the
/// samples as they are.
/// </remarks>
[CatalogBase(CatalogKind.Augmentation)]
public abstract record Augmentation : CatalogItem
{
    /// <summary>Why it cannot change what a network learns from, in words that follow its name; null: it can.</summary>
    /// <param name="inputs">What goes into the network.</param>
    /// <param name="label">What is predicted.</param>
    internal abstract string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label);

    /// <summary>The words for inputs that an augmentation is not for.</summary>
    private protected static string IsFor(string wants, IReadOnlyList<InputPlan> inputs) =>
        $"is for {wants}; what goes into the network is {string.Join(", ", inputs.Select(input => $"'{input.Name}' ({input.Nature})"))}";

    /// <summary>The training set with what is changed once for the whole run.</summary>
    /// <param name="training">The set, labelled.</param>
    /// <param name="label">What is predicted.</param>
    /// <param name="seed">What chance follows from.</param>
    internal virtual Dataset Change(Dataset training, LabelPlan label, int seed) => training;

    /// <summary>Changes a batch.</summary>
    internal virtual void Apply(AugmentedBatch batch)
    {
    }
}
