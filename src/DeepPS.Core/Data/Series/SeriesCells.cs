namespace DeepPS.Data;

/// <summary>The steps of a group's grid that have rows, and the means of their columns.</summary>
internal sealed class SeriesCells
{
    private readonly SeriesRows rows;
    private readonly TimeStep step;
    private readonly bool collects;

    /// <summary>Averages the rows of a group; a row without any number does not count.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="step">The step of the grid.</param>
    /// <param name="collects">Whether a step collects several rows.</param>
    /// <param name="first">The group's first row.</param>
    /// <param name="end">The row after its last.</param>
    public SeriesCells(SeriesRows rows, TimeStep step, bool collects, int first, int end)
    {
        (this.rows, this.step, this.collects) = (rows, step, collects);
        Origin = FindOrigin(first, end);
        Average(first, end);
    }

    /// <summary>The time of the grid's step 0.</summary>
    public long Origin { get; }

    /// <summary>The places of the steps in the grid, in order.</summary>
    public List<long> Places { get; } = [];

    /// <summary>The means of each column, step after step; NaN where a column has no number.</summary>
    public List<double> Means { get; } = [];

    /// <summary>The number of rows that fell into a step with an earlier row.</summary>
    public int Averaged { get; private set; }

    /// <summary>
    /// The group's first time, shifted by the times' typical distance from the grid. A step that collects several rows
    /// is the one that they fall into, counted from year 1.
    /// </summary>
    private long FindOrigin(int first, int end)
    {
        var start = rows.Ticks[first];
        if (collects || step.Months > 0)
            return collects ? step.StartOf(start) : start;
        var off = new long[end - first];
        for (var i = first; i < end; i++)
            off[i - first] = rows.Ticks[i] - step.TimeOf(step.PlaceOf(rows.Ticks[i], start), start);
        Array.Sort(off);
        return start + off[(off.Length - 1) / 2];
    }

    private void Average(int first, int end)
    {
        var width = rows.Columns.Length;
        var counts = new int[width];
        var last = -1;
        for (var row = first; row < end; row++)
        {
            var time = collects ? step.StartOf(rows.Ticks[row]) : rows.Ticks[row];
            var place = step.PlaceOf(time, Origin);
            if (Array.TrueForAll(rows.Columns, column => double.IsNaN(column[row])))
                continue;
            if (last < 0 || Places[last] != place)
            {
                last++;
                Places.Add(place);
                Means.AddRange(Enumerable.Repeat(double.NaN, width));
                Array.Clear(counts);
            }
            else
            {
                Averaged++;
            }

            for (var c = 0; c < width; c++)
                if (rows.Columns[c][row] is var value && !double.IsNaN(value))
                {
                    var mean = Means[last * width + c];
                    Means[last * width + c] = counts[c]++ == 0 ? value : mean + (value - mean) / counts[c];
                }
        }
    }
}
