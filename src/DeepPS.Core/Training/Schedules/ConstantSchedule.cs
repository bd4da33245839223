using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>The optimizer's learning rate throughout.</summary>
[CatalogEntry("Constant")]
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    public override double Factor(RunPoint at) => 1;
}
