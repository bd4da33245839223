using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Turns images grey at random: all three channels become the same.</summary>
/// <remarks>torchvision's <c>RandomGrayscale</c>. Grey images do not change.</remarks>
[CatalogEntry("Greyscale", "Grayscale", "RandomGrayscale")]
public sealed record Greyscale : ColourAugmentation
{
    /// <summary>Probability that an image becomes grey.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public override double Probability { get; init; } = 0.1;

    private protected override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images) =>
        batch => Colour.Grey(batch).expand(batch.shape);
}
