using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Multiplies the learning rate by a factor at regular intervals of epochs.</summary>
/// <remarks>PyTorch's <c>StepLR</c>.</remarks>
[CatalogEntry("Step", "StepLR")]
public sealed record StepSchedule : Schedule
{
    /// <summary>The number of epochs between changes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int StepSize { get; init; } = 10;

    /// <summary>The factor on the learning rate.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    public override double Factor(RunPoint at) =>
        Math.Pow(Gamma, at.Epoch / StepSize);
}
