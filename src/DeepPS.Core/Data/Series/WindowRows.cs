using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Makes a dataset of windows over series.</summary>
internal static class WindowRows
{
    /// <summary>
    /// All windows within a segment of a series whose targets were measured, not filled. Where gaps are interpolated,
    /// the last step of a window must be measured too, as an interpolated one would depend on later values.
    /// </summary>
    /// <exception cref="DlException"><c>SeriesTooShort</c>: there is none.</exception>
    public static Dataset Of(Dataset data, SeriesPlan plan, SeriesStore store, Action<string>? log)
    {
        var ends = new List<int>();
        var groups = new List<int>();
        var left = 0;
        foreach (var segment in store.Segments)
            for (var end = segment.First + plan.Length; end + plan.Horizon <= segment.First
                + segment.Count; end += plan.Stride)
            {
                if (!IsFair(store, plan, end))
                {
                    left++;
                    continue;
                }

                ends.Add(end);
                groups.Add(segment.Group);
            }

        if (ends.Count == 0)
            throw TooShort(data, plan, store);
        log?.Invoke($"{ends.Count:N0} windows of {plan.Length} steps of {plan.Describe()}"
            + (left == 0 ? "." : $"; {left:N0} are left out, whose targets or last step were filled."));
        var window = new WindowColumn(SeriesPlan.WindowName, store, plan, ends.ToArray());
        Column times = plan.IsIndex is true
            ? new NumberColumn(plan.Time, ends.Select(end => SeriesTimes.IndexOf(store.Times[end])).ToArray())
            : new TimeColumn(plan.Time, ends.Select(end => store.Times[end]).ToArray());
        var columns = new List<Column> { Aside(times, "it is the time of the predicted step") };
        if (plan.Group is not null)
            columns.Add(Aside(new CategoryColumn(plan.Group, groups.ToArray(), store.Groups),
                "it names the series of a window"));
        columns.Add(window);
        columns.Add(Targets(plan, store, ends));
        return new Dataset(data.Name, columns, plan.Value) { Budget = data.Budget };
    }

    private static bool IsFair(SeriesStore store, SeriesPlan plan, int end)
    {
        for (var target = end; target < end + plan.Horizon; target++)
            if (store.Filled[target].HasFlag(Filled.Value))
                return false;
        return plan.Gap is not GapRule.Interpolate || store.Filled[end - 1] == Filled.Nothing;
    }

    private static Column Targets(SeriesPlan plan, SeriesStore store, List<int> ends)
    {
        if (plan.Horizon == 1)
            return new NumberColumn(plan.Value, ends.Select(store.ValueOf).ToArray());
        var values = new float[(long)ends.Count * plan.Horizon];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)store.ValueOf(ends[i / plan.Horizon] + i % plan.Horizon);
        return new TensorColumn(plan.Value, values, new Shape(plan.Horizon));
    }

    private static Column Aside(Column column, string reason) =>
        column.WithFacts(new ColumnFacts { LeftOut = reason, IsLeftOutByUse = true });

    private static DlException TooShort(Dataset data, SeriesPlan plan, SeriesStore store)
    {
        var longest = store.Segments.Select(segment => segment.Count).DefaultIfEmpty(0).Max();
        return new DlException("SeriesTooShort", DlErrorKind.InvalidData,
            $"No window of '{data.Name}' has {plan.Length} steps of {plan.Step} and {plan.Horizon} measured ones after "
            + "them: the "
            + $"longest piece without a gap has {longest:N0} steps. Use a shorter Length, fill longer gaps with "
            + "MaximumGap, or use more rows.", data.Name);
    }
}
