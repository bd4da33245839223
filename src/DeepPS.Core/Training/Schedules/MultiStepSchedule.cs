using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>Multiplies the learning rate by a factor after each of the given epochs.</summary>
/// <remarks>PyTorch's <c>MultiStepLR</c>.</remarks>
[CatalogEntry("MultiStep", "MultiStepLR")]
public sealed record MultiStepSchedule : Schedule
{
    /// <summary>The epochs of the run after which the learning rate changes.</summary>
    [Setting(Position = 0, Required = true)]
    public int[] Milestones { get; init; } = [];

    /// <summary>The factor on the learning rate.</summary>
    [Setting(Position = 1, Minimum = 0)]
    public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    public override double Factor(RunPoint at) => Math.Pow(Gamma, Milestones.Count(milestone => milestone <= at.Epoch));

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Milestones.Length == 0 || Milestones.Any(milestone => milestone < 1))
            throw SettingProblem.Of(this, nameof(Milestones), "epochs of 1 or more", string.Join(", ", Milestones));
    }
}
