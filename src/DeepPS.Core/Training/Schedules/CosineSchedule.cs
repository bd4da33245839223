using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>
/// Lowers the learning rate step by step along half a cosine, from the full rate to a minimum at the end of the run.
/// </summary>
/// <remarks>
/// PyTorch's <c>CosineAnnealingLR</c> with <c>T_max</c> the steps of the run, stepped after every batch. From
/// Loshchilov and Hutter (2016), without restarts.
/// </remarks>
[CatalogEntry("Cosine", "CosineAnnealing")]
public sealed record CosineSchedule : Schedule
{
    /// <summary>The factor on the learning rate at the end of the run.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double MinimumFactor { get; init; }

    /// <inheritdoc/>
    public override double Factor(RunPoint at) =>
        MinimumFactor + (1 - MinimumFactor) * (1 + Math.Cos(Math.PI * at.Fraction)) / 2;
}
