using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>The last windows of series, with room for the steps to predict.</summary>
internal static class ForecastStore
{
    /// <summary>For each series the steps of a window and the future steps, with known calendar features. Other
    /// features keep their last values; the series' value is set later.</summary>
    /// <param name="known">The series.</param>
    /// <param name="series">The plan of the windows.</param>
    /// <param name="ends">The last segment of each series, at least as long as a window.</param>
    /// <param name="steps">The number of steps to predict.</param>
    /// <exception cref="DlException"><c>InvalidSeries</c>: there are too many.</exception>
    public static SeriesStore Of(SeriesStore known, SeriesPlan series, SeriesSegment[] ends, int steps)
    {
        var count = (long)series.Length + steps;
        if (ends.Length * count > Array.MaxLength / known.Width)
            throw TooFar(steps);
        var values = new double[ends.Length * count * known.Width];
        var times = new long[ends.Length * count];
        var segments = new SeriesSegment[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            var (first, end) = (i * (int)count, ends[i]);
            segments[i] = new SeriesSegment(end.Group, end.Origin, end.Place + end.Count - series.Length, first,
                (int)count);
            for (var step = 0; step < count; step++)
            {
                var from = end.First + end.Count - Math.Max(series.Length - step, 1);
                var to = values.AsSpan((first + step) * known.Width, known.Width);
                times[first + step] = TimeOf(series, segments[i], step) ?? throw TooFar(steps);
                known.Of(from).CopyTo(to);
                series.CalendarOf(times[first + step]).CopyTo(to[(1 + series.Features.Count)..]);
            }
        }

        return new SeriesStore(known.Groups, known.Width, values, times, new Filled[times.Length], segments);
    }

    private static long? TimeOf(SeriesPlan series, SeriesSegment segment, int step)
    {
        try
        {
            return series.Step!.TimeOf(segment.Place + step, segment.Origin) is var ticks
                && ticks <= DateTime.MaxValue.Ticks ? ticks : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DlException TooFar(int steps) => new("InvalidSeries", DlErrorKind.InvalidArgument,
        $"{steps:N0} steps are too many: they reach beyond the year 9999, or the memory of an array. Predict fewer.",
        steps);
}
