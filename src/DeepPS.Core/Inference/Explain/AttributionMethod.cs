using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A way to attribute a model's output to the parts of its input: pixels, columns, tokens.</summary>
[CatalogBase(CatalogKind.Attribution)]
public abstract record AttributionMethod : CatalogItem
{
    /// <summary>Whether the attributions of a part's numbers add up; else the largest counts.</summary>
    internal virtual bool AddsUp => true;

    /// <summary>Why it cannot explain a model, in words that follow its name; null if it can.</summary>
    internal virtual string? Refuses(ExplainedModel model) => null;

    /// <summary>The attributions of samples: a tensor for each leaf, of its sizes; for images perhaps with a single
    /// channel.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    internal abstract Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel);

    /// <summary>Gradients, or gradients times the inputs' distance from the baseline.</summary>
    private protected static Tensor[] Times(Tensor[] gradients, ExplainedBatch batch, bool timesInput) => !timesInput
        ? gradients
        : gradients.Select((gradient, i) => gradient.mul(batch.Values[i].sub(batch.Baselines[i]))).ToArray();
}
