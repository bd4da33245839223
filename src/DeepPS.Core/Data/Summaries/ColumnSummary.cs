using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A column of a dataset at a glance: what is in it, what becomes of it, and why.</summary>
public sealed record ColumnSummary
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its values; null where a model of an earlier version does not say.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether it is an input, the label, the weight, or left out.</summary>
    public ColumnRole Role { get; init; }

    /// <summary>How its values become numbers, in words; null where it is left out.</summary>
    public string? Encoder { get; init; }

    /// <summary>Why that was decided.</summary>
    public string? Reason { get; init; }

    /// <summary>How many rows there are; null of a model, which does not keep its data.</summary>
    public int? Count { get; init; }

    /// <summary>How many of them have no value.</summary>
    public int? Missing { get; init; }

    /// <summary>How many different values there are; null where they are too many for the memory that is allowed.</summary>
    public int? Distinct { get; init; }

    /// <summary>The least number or the earliest time.</summary>
    public object? Minimum { get; init; }

    /// <summary>The largest number or the latest time.</summary>
    public object? Maximum { get; init; }

    /// <summary>The mean of numbers.</summary>
    public double? Mean { get; init; }

    /// <summary>The standard deviation of numbers.</summary>
    public double? Deviation { get; init; }

    /// <summary>The most frequent name.</summary>
    public string? MostCommon { get; init; }

    /// <summary>The names, the most frequent first.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>How the values are spread, as a line of blocks: numbers and times by size, names in their order.</summary>
    public string? Histogram { get; init; }

    /// <summary>The columns of a dataset, with what would become of them if all of it were learned from.</summary>
    /// <exception cref="DlException">As <see cref="DataPlan.Fit"/>, but that all columns may be left out.</exception>
    public static IReadOnlyList<ColumnSummary> Of(Dataset data) => Of(data, PlanFitting.Columns(data, null).Columns);

    /// <summary>The columns of a split's training part, with what becomes of them.</summary>
    public static IReadOnlyList<ColumnSummary> Of(Split split) => Of(split.Train, split.Plan.Columns);

    /// <summary>The columns of a plan, such as a model's, without their values.</summary>
    public static IReadOnlyList<ColumnSummary> Of(DataPlan plan) => plan.Columns.Select(Of).ToArray();

    private static ColumnSummary[] Of(Dataset data, IReadOnlyList<ColumnPlan> plans) =>
        data.Columns.Zip(plans, (column, plan) => column.Summarize(
            Of(plan) with { Kind = column.Kind, Count = column.Count, Missing = column.Missing })).ToArray();

    private static ColumnSummary Of(ColumnPlan plan) => new()
    {
        Name = plan.Name, Kind = plan.Kind, Role = plan.Role, Encoder = plan.Encoder, Reason = plan.Reason,
    };
}
