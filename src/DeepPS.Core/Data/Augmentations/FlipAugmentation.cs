using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Base of flips.</summary>
public abstract record FlipAugmentation : PlaceAugmentation
{
    /// <summary>Probability that an image is flipped.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public override double Probability { get; init; } = 0.5;
}
