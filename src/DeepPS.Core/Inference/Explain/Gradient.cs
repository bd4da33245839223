using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>The gradient of the output by the input: how the output changes with a small change of each
/// number.</summary>
/// <remarks>Simonyan, Vedaldi and Zisserman, Deep inside convolutional networks (2014). Of several numbers of a
/// column, a token or a pixel, the one with the largest gradient counts. Times the input: Shrikumar and others
/// (2016).</remarks>
[CatalogEntry("Gradient", "Saliency")]
public sealed record Gradient : AttributionMethod
{
    /// <summary>Whether the gradient is multiplied by the input's distance from the baseline; then the numbers of a
    /// part add up.</summary>
    [Setting]
    public bool TimesInput { get; init; }

    internal override bool AddsUp => TimesInput;

    internal override Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel) =>
        Times(batch.Gradients(batch.Values), batch, TimesInput);
}
