namespace DeepPS;

/// <summary>
/// Windows over series by time: what the latest predict is for the test, what those before predict for validation. Windows of a later
/// part may look back into an earlier one's time, but no target of an earlier part lies in a later one's.
/// </summary>
internal static class WindowSplit
{
    /// <summary>The windows of a dataset; null: its rows are none.</summary>
    public static WindowColumn? Windows(Dataset dataset) => dataset.Columns.OfType<WindowColumn>().FirstOrDefault();

    /// <summary>The rows of each part. Windows whose targets reach over a boundary are in none.</summary>
    public static SplitRows Parts(WindowColumn windows, SplitOptions options)
    {
        var (times, ends, horizon) = (windows.Store.Times, windows.Ends.ToArray(), windows.Plan.Horizon);
        var begins = Array.ConvertAll(ends, end => times[end]);
        var sorted = begins.Order().ToArray();
        var test = Boundary(sorted, sorted.Length, options.Test, long.MaxValue);
        var validation = Boundary(sorted, sorted.Count(begin => begin < test), options.Validation, test);

        var rows = Enumerable.Range(0, ends.Length);
        int[] Between(long from, long to) => rows.Where(row => begins[row] >= from && times[ends[row] + horizon - 1] < to).ToArray();
        var parts = new SplitRows(Between(long.MinValue, validation), Between(validation, test), Between(test, long.MaxValue));
        var lost = ends.Length - parts.Train.Length - parts.Validation.Length - parts.Test.Length;
        options.Log?.Invoke("Windows are split by time: " + string.Join(", ", new[] { ("validation", validation, test), ("test", test, long.MaxValue) }
            .Where(part => part.Item2 < part.Item3).Select(part => FormattableString.Invariant($"{part.Item1} from {new DateTime(part.Item2):s}")))
            + (lost == 0 ? "." : $"; {lost:N0} windows whose targets reach over a boundary are left out."));
        return parts;
    }

    /// <summary>The time from which on a part predicts: so that about its share of all windows lies between that and another boundary.</summary>
    /// <param name="sorted">The first times that windows predict, in order.</param>
    /// <param name="left">How many of them are not in a later part.</param>
    /// <param name="share">The part's share; 0: there is none.</param>
    /// <param name="next">Where the next part begins.</param>
    private static long Boundary(long[] sorted, int left, double share, long next)
    {
        var wanted = SplitOptions.Rows(sorted.Length, share);
        return share == 0 || wanted == 0 || left == 0 ? next : sorted[Math.Max(0, left - wanted)];
    }
}
