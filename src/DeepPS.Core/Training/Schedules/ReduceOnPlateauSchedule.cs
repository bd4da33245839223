using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Multiplies the learning rate by a factor when the loss has not got smaller for some epochs: of the validation samples,
/// or of the training samples where there are none.
/// </summary>
/// <remarks>PyTorch's <c>ReduceLROnPlateau</c>, without its <c>eps</c>.</remarks>
[CatalogEntry("ReduceOnPlateau", "ReduceLROnPlateau")]
public sealed record ReduceOnPlateauSchedule : Schedule
{
    /// <summary>The factor.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>How many epochs without a smaller loss are borne; the next one changes the learning rate.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public int Patience { get; init; } = 10;

    /// <summary>How much smaller a loss must be to count as smaller.</summary>
    [Setting(Minimum = 0)]
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is a part of the loss or a difference.</summary>
    [Setting]
    public ThresholdMode ThresholdMode { get; init; }

    /// <summary>For how many epochs after a change the loss is not looked at.</summary>
    [Setting(Minimum = 0)]
    public int Cooldown { get; init; }

    /// <summary>The smallest factor that it comes to.</summary>
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

/// <summary>What a threshold for a smaller loss is.</summary>
public enum ThresholdMode
{
    /// <summary>A part of the smallest loss so far.</summary>
    Relative,

    /// <summary>A difference from the smallest loss so far.</summary>
    Absolute,
}
