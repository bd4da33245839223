using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>A constant learning rate: the optimizer's.</summary>
[CatalogEntry("Constant")]
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double Factor(RunPoint at) => 1;
}
