namespace DeepPS.Data;

/// <summary>The values of a step that were filled, not measured.</summary>
[Flags]
internal enum Filled : byte
{
    Nothing = 0,
    Value = 1,
    Feature = 2,
}

/// <summary>A piece of a series without a gap.</summary>
/// <param name="Group">The number of its group.</param>
/// <param name="Origin">The time of step 0 of the group's grid.</param>
/// <param name="Place">The place of its first step in that grid.</param>
/// <param name="First">The place of its first step in the store.</param>
/// <param name="Count">The number of its steps.</param>
internal readonly record struct SeriesSegment(int Group, long Origin, long Place, int First, int Count);

/// <summary>Series on regular grids: the steps of all segments one after the other, by group and time.</summary>
internal sealed class SeriesStore(
    IReadOnlyList<string> groups, int width, double[] values, long[] times, Filled[] filled, SeriesSegment[] segments)
{
    /// <summary>The names of the groups; a single empty one where there are no groups.</summary>
    public IReadOnlyList<string> Groups => groups;

    /// <summary>The count of numbers in a step: the value, the features, the calendar.</summary>
    public int Width => width;

    /// <summary>The numbers of each step, in their own units.</summary>
    public double[] Values => values;

    /// <summary>The time of each step, in ticks.</summary>
    public long[] Times => times;

    /// <summary>The filled values of each step.</summary>
    public Filled[] Filled => filled;

    public SeriesSegment[] Segments => segments;

    /// <summary>The numbers of a step.</summary>
    public ReadOnlySpan<double> Of(int step) => values.AsSpan(step * width, width);

    /// <summary>The value of a step.</summary>
    public double ValueOf(int step) => values[step * width];

    /// <summary>The number of the segment that a step belongs to.</summary>
    public int SegmentOf(int step)
    {
        var (low, high) = (0, segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = segments[middle].First <= step ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The step a number of steps before another in the same group; -1 where there is none.</summary>
    public int Before(int step, int lag)
    {
        var at = SegmentOf(step);
        var place = segments[at].Place + (step - segments[at].First) - lag;
        var group = segments[at].Group;
        while (at >= 0 && segments[at].Group == group && segments[at].Place > place)
            at--;
        return at >= 0 && segments[at].Group == group && place < segments[at].Place + segments[at].Count
            ? segments[at].First + (int)(place - segments[at].Place) : -1;
    }
}
