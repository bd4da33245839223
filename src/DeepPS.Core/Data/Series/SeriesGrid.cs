using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Resamples rows of series to regular grids: averages those of one step, fills short gaps, and splits the series at
/// long ones.
/// </summary>
internal sealed class SeriesGrid
{
    private readonly SeriesRows rows;
    private readonly SeriesPlan plan;
    private readonly TimeStep step;
    private readonly bool collects;
    private readonly int gap;
    private readonly List<double> values = [];
    private readonly List<long> times = [];
    private readonly List<Filled> filled = [];
    private readonly List<SeriesSegment> segments = [];
    private int averaged;

    private SeriesGrid(SeriesRows rows, SeriesPlan plan)
    {
        this.rows = rows;
        this.plan = plan;
        step = plan.Step!;
        collects = TimeStep.Find(rows) is { } own && step.Holds(own);
        gap = plan.Gap is GapRule.Split ? 0 : plan.MaximumGap;
    }

    private int Columns => rows.Columns.Length;

    /// <summary>The series on their grids.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="plan">The step and what to do with gaps; both are known.</param>
    /// <param name="log">Told what was averaged, filled and split.</param>
    public static SeriesStore Of(SeriesRows rows, SeriesPlan plan, Action<string>? log)
    {
        var grid = new SeriesGrid(rows, plan);
        for (int first = 0, end; first < rows.Count; first = end)
        {
            end = first + 1;
            while (end < rows.Count && rows.Groups[end] == rows.Groups[first])
                end++;
            grid.AddGroup(first, end);
        }

        grid.Tell(log);
        return new SeriesStore(
            rows.Names, plan.Width, grid.values.ToArray(), grid.times.ToArray(), grid.filled.ToArray(),
            grid.segments.ToArray());
    }

    /// <summary>Adds the segments of a group.</summary>
    private void AddGroup(int first, int end)
    {
        var cells = new SeriesCells(rows, step, collects, first, end);
        averaged += cells.Averaged;
        var places = cells.Places;
        for (int from = 0, to; from < places.Count; from = to)
        {
            to = from + 1;
            while (to < places.Count && places[to] - places[to - 1] - 1 <= gap)
                to++;
            AddRun(rows.Groups[first], cells, from, to);
        }
    }

    /// <summary>
    /// Adds steps without a long gap between them: those where, after filling, no column lacks a number.
    /// </summary>
    private void AddRun(int group, SeriesCells cells, int from, int to)
    {
        var (places, means) = (cells.Places, cells.Means);
        var steps = places[to - 1] - places[from] + 1;
        if (steps > Array.MaxLength / plan.Width)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"A series of {steps:N0} steps is more than one array holds. Choose a longer step with Frequency, or "
                + "fill shorter gaps with MaximumGap.");
        var count = (int)steps;
        var run = new double[count * Columns];
        Array.Fill(run, double.NaN);
        for (var cell = from; cell < to; cell++)
            for (var c = 0; c < Columns; c++)
                run[(int)(places[cell] - places[from]) * Columns + c] = means[cell * Columns + c];
        var marks = new Filled[count];
        for (var c = 0; c < Columns; c++)
            Fill(run, c, marks);
        for (int start = 0, end; start < count; start = end)
        {
            end = start + 1;
            if (!IsWhole(run, start))
                continue;
            while (end < count && IsWhole(run, end))
                end++;
            AddSegment(new SeriesSegment(group, cells.Origin, places[from] + start, times.Count, end - start), run,
                marks, start);
        }
    }

    /// <summary>
    /// Fills short gaps of a column. The value ends at its last number; features repeat their last one.
    /// </summary>
    private void Fill(double[] run, int column, Filled[] marks)
    {
        for (int at = 0, from; at < marks.Length; at++)
        {
            if (!double.IsNaN(run[at * Columns + column]))
                continue;
            from = at;
            while (at < marks.Length && double.IsNaN(run[at * Columns + column]))
                at++;
            var ends = at == marks.Length;
            if (from == 0 || at - from > gap || ends && column == 0)
                continue;
            var before = run[(from - 1) * Columns + column];
            var after = ends || plan.Gap is GapRule.Hold ? before : run[at * Columns + column];
            for (var i = from; i < at; i++)
            {
                run[i * Columns + column] = before + (after - before) * (i - from + 1) / (at - from + 1);
                marks[i] |= column == 0 ? Filled.Value : Filled.Feature;
            }
        }
    }

    private bool IsWhole(double[] run, int at) => !run.AsSpan(at * Columns, Columns).Contains(double.NaN);

    private void AddSegment(SeriesSegment segment, double[] run, Filled[] marks, int start)
    {
        for (var i = 0; i < segment.Count; i++)
        {
            var time = step.TimeOf(segment.Place + i, segment.Origin);
            values.AddRange(run.AsSpan((start + i) * Columns, Columns));
            values.AddRange(plan.CalendarOf(time));
            times.Add(time);
            filled.Add(marks[start + i]);
        }

        segments.Add(segment);
    }

    private void Tell(Action<string>? log)
    {
        if (log is null)
            return;
        var groups = segments.Select(segment => segment.Group).Distinct().Count();
        log($"{rows.Count:N0} rows become {times.Count:N0} steps of {step} of {groups:N0} series.");
        if (averaged > 0)
            log($"{averaged:N0} rows fall into a step that already has one; they are averaged.");
        if (filled.Count(mark => mark != Filled.Nothing) is > 0 and var count)
            log($"{count:N0} steps lack a number, up to {gap:N0} in a row; they are filled by the rule {plan.Gap}.");
        if (segments.Count > groups)
            log($"Longer gaps split the series into {segments.Count:N0} pieces; no window crosses one.");
    }
}
