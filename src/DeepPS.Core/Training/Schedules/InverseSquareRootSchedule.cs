using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Lowers the learning rate by the root of the steps: slowly, and without an end.</summary>
/// <remarks>
/// The factor is sqrt(s / (s + step)). Behind a Warmup of as many steps from 0 it is the schedule of Vaswani and others,
/// Attention Is All You Need (2017), with the optimizer's learning rate at its top.
/// </remarks>
[CatalogEntry("InverseSquareRoot")]
public sealed record InverseSquareRootSchedule : Schedule
{
    /// <summary>The scale s: after three times so many steps the learning rate has halved.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Steps { get; init; } = 4000;

    /// <inheritdoc/>
    public override double Factor(RunPoint at) => Math.Sqrt(Steps / (Steps + (double)at.Step));
}
