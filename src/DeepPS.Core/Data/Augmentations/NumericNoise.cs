using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Adds normal noise to columns and arrays of numbers, not to categories, names and pixels.</summary>
[CatalogEntry("NumericNoise", "Jitter")]
public sealed record NumericNoise : Augmentation
{
    /// <summary>Standard deviation of the noise on the network's scale, where a standardised column has 1.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double StandardDeviation { get; init; } = 0.1;

    /// <summary>Probability that a sample is changed.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Probability { get; init; } = 1;

    internal override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label) =>
        inputs.Any(Fits) ? null : IsFor("columns of numbers", inputs);

    internal override void Apply(AugmentedBatch batch) => batch.Change(Fits, (input, values) =>
    {
        var noise = batch.Random.Normal(values, StandardDeviation);
        if (!input.Amounts.All(amount => amount))
            noise.mul_(tensor(input.Amounts.Select(amount => amount ? 1f : 0f).ToArray(), device: noise.device));
        return batch.Random.Sometimes(Probability, before => before.add(noise));
    }, moves: false);

    private static bool Fits(InputPlan input) => input.Amounts.Any(amount => amount);
}
