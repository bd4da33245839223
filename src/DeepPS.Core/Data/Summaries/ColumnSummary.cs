using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A summary of a column: statistics of its values, its role and encoding, and the reason.</summary>
public sealed record ColumnSummary
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of its values; null in models of earlier versions.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether it is an input, the label, the weight, or left out.</summary>
    public ColumnRole Role { get; init; }

    /// <summary>A description of how its values become numbers; null where it is left out.</summary>
    public string? Encoder { get; init; }

    /// <summary>The reason for the role and encoding.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of rows; null for a model, which does not keep its data.</summary>
    public int? Count { get; init; }

    /// <summary>The number of rows without a value.</summary>
    public int? Missing { get; init; }

    /// <summary>The number of different values; null where they are too many for the memory limit.</summary>
    public int? Distinct { get; init; }

    /// <summary>The smallest number or the earliest time.</summary>
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

    /// <summary>A histogram as a line of blocks: numbers and times by size, names in their order.</summary>
    public string? Histogram { get; init; }

    /// <summary>The columns of a dataset, as they would be encoded if all of it were training data.</summary>
    /// <exception cref="DlException">
    /// As <see cref="DataPlan.Fit"/>, except that all columns may be left out.
    /// </exception>
    public static IReadOnlyList<ColumnSummary> Of(Dataset data) => Of(data, PlanFitting.Columns(data, null).Columns);

    /// <summary>The columns of a split's training part, as they are encoded.</summary>
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
