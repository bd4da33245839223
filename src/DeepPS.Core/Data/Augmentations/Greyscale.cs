using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Takes the colours from an image by chance: its three channels become the same grey.</summary>
/// <remarks>torchvision's <c>RandomGrayscale</c>. Grey images stay as they are.</remarks>
[CatalogEntry("Greyscale", "Grayscale", "RandomGrayscale")]
public sealed record Greyscale : ColourAugmentation
{
    /// <summary>How probable it is that an image becomes grey.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public override double Probability { get; init; } = 0.1;

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images) =>
        batch => Colour.Grey(batch).expand(batch.shape);
}
