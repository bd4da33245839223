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
        data.Columns.Zip(plans, (column, plan) => Add(Of(plan) with { Kind = column.Kind, Count = column.Count, Missing = column.Missing }, column)).ToArray();

    private static ColumnSummary Of(ColumnPlan plan) => new()
    {
        Name = plan.Name, Kind = plan.Kind, Role = plan.Role, Encoder = plan.Encoder, Reason = plan.Reason,
    };

    private static ColumnSummary Add(ColumnSummary summary, Column column) => column switch
    {
        NumberColumn numbers when numbers.Values.Range() is var (least, most) => AddNumbers(summary, numbers.Store, least, most),
        TimeColumn times when times.Missing < times.Count => AddTimes(summary, times.Store),
        CategoryColumn names => AddLevels(summary, LevelCounts.Of(names)),
        _ => summary,
    };

    private static ColumnSummary AddNumbers(ColumnSummary summary, ColumnStore<double> values, double least, double most)
    {
        var (mean, deviation) = Standardization.Of(values.Span);
        return summary with
        {
            Distinct = CountDistinct(values, double.NaN), Minimum = least, Maximum = most, Mean = mean,
            Deviation = least == most ? 0 : deviation, Histogram = TextHistogram.Of(values.Span),
        };
    }

    private static ColumnSummary AddTimes(ColumnSummary summary, ColumnStore<long> ticks)
    {
        var days = ticks.Convert(tick => tick == TimeColumn.None ? double.NaN : TimeParts.Of(TimePart.Trend, tick));
        var (least, most) = TimeColumn.Range(ticks.Span)!.Value;
        return summary with
        {
            Distinct = CountDistinct(ticks, TimeColumn.None), Minimum = new DateTime(least), Maximum = new DateTime(most),
            Histogram = TextHistogram.Of(days.Span),
        };
    }

    private static ColumnSummary AddLevels(ColumnSummary summary, (string Level, int Count)[] counts)
    {
        var byCount = counts.OrderByDescending(level => level.Count).Select(level => level.Level).ToArray();
        return summary with
        {
            Distinct = counts.Length, MostCommon = byCount.FirstOrDefault(), Levels = byCount,
            Histogram = TextHistogram.OfLevels(Array.ConvertAll(counts, level => level.Count)),
        };
    }

    private static int? CountDistinct<T>(ColumnStore<T> values, T none)
        where T : unmanaged
    {
        var seen = new HashSet<T>();
        foreach (var value in values.Span)
            if (seen.Add(value) && seen.Count > values.Budget?.MostLevels)
                return null;
        return seen.Count - (seen.Contains(none) ? 1 : 0);
    }
}
