using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Lowers the learning rate with the inverse square root of the steps: slowly, and without an end.</summary>
/// <remarks>
/// The factor is sqrt(s / (s + step)). After a Warmup of as many steps from 0 it is the schedule of Vaswani and others,
/// Attention Is All You Need (2017), with the optimizer's learning rate as the maximum.
/// </remarks>
[CatalogEntry("InverseSquareRoot")]
public sealed record InverseSquareRootSchedule : Schedule
{
    /// <summary>The scale s: after 3 s steps the learning rate is halved.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Steps { get; init; } = 4000;

    /// <inheritdoc/>
    public override double Factor(RunPoint at) => Math.Sqrt(Steps / (Steps + (double)at.Step));
}
