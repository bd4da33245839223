using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Multiplies the learning rate by a factor when the loss has not decreased for some epochs: the validation loss, or,
/// without validation samples, the training loss.
/// </summary>
/// <remarks>PyTorch's <c>ReduceLROnPlateau</c>, without its <c>eps</c>.</remarks>
[CatalogEntry("ReduceOnPlateau", "ReduceLROnPlateau")]
public sealed record ReduceOnPlateauSchedule : Schedule
{
    /// <summary>The factor on the learning rate.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>
    /// The number of epochs without a smaller loss that are tolerated; the next one changes the learning rate.
    /// </summary>
    [Setting(Position = 1, Minimum = 0)]
    public int Patience { get; init; } = 10;

    /// <summary>The smallest decrease of the loss that counts.</summary>
    [Setting(Minimum = 0)]
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is a fraction of the loss or a difference.</summary>
    [Setting]
    public ThresholdMode ThresholdMode { get; init; }

    /// <summary>The number of epochs after a change in which the loss is ignored.</summary>
    [Setting(Minimum = 0)]
    public int Cooldown { get; init; }

    /// <summary>The smallest factor on the learning rate.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double MinimumFactor { get; init; }

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var (factor, best) = (1.0, double.PositiveInfinity);
        var (without, cooling) = (0, 0);
        foreach (var loss in at.Losses)
        {
            var better = loss < (ThresholdMode == ThresholdMode.Relative ? best * (1 - Threshold) : best - Threshold);
            (best, without) = better ? (loss, 0) : (best, without + 1);
            if (cooling > 0)
                (cooling, without) = (cooling - 1, 0);
            if (without <= Patience)
                continue;
            factor = Math.Max(factor * Gamma, MinimumFactor);
            (cooling, without) = (Cooldown, 0);
        }

        return factor;
    }
}

/// <summary>The meaning of a threshold for a smaller loss.</summary>
public enum ThresholdMode
{
    /// <summary>A fraction of the smallest loss so far.</summary>
    Relative,

    /// <summary>A difference from the smallest loss so far.</summary>
    Absolute,
}
