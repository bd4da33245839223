using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Changes training samples at random, so that a model sees more variety than the data has.</summary>
/// <remarks>
/// It changes whole batches on the training device, with separate random numbers for each sample, from a generator of
/// its own that the training seed determines. Validation, measuring and prediction see the samples unchanged.
/// </remarks>
[CatalogBase(CatalogKind.Augmentation)]
public abstract record Augmentation : CatalogItem
{
    /// <summary>Why it cannot augment these inputs and label, in words that follow its name; null: it can.</summary>
    /// <param name="inputs">The inputs of the network.</param>
    /// <param name="label">The label.</param>
    internal abstract string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label);

    /// <summary>The words for inputs that an augmentation does not support.</summary>
    private protected static string IsFor(string supported, IReadOnlyList<InputPlan> inputs) =>
        $"is for {supported}; the network's inputs are "
            + $"{string.Join(", ", inputs.Select(input => $"'{input.Name}' ({input.Nature})"))}";

    /// <summary>The training set after changes made once for the whole run.</summary>
    /// <param name="training">The labelled set.</param>
    /// <param name="label">The label.</param>
    /// <param name="seed">The random seed.</param>
    internal virtual Dataset Change(Dataset training, LabelPlan label, int seed) => training;

    /// <summary>Changes a batch.</summary>
    internal virtual void Apply(AugmentedBatch batch)
    {
    }
}
