namespace DeepPS.Data;

/// <summary>
/// Splits windows over series by time: the latest are for the test, those before for validation. Windows of a later
/// part may include steps of an earlier one, but no target of an earlier part lies in a later one.
/// </summary>
internal static class WindowSplit
{
    /// <summary>The windows of a dataset; null: its rows are not windows.</summary>
    public static WindowColumn? Windows(Dataset dataset) => dataset.Columns.OfType<WindowColumn>().FirstOrDefault();

    /// <summary>Assigns windows to the parts. Windows whose targets cross a boundary are in none.</summary>
    public static void Deal(RowParts parts, WindowColumn windows, SplitOptions options)
    {
        var (times, ends, horizon) = (windows.Store.Times, windows.Ends.ToArray(), windows.Plan.Horizon);
        var begins = Array.ConvertAll(ends, end => times[end]);
        var sorted = begins.Order().ToArray();
        var test = Boundary(sorted, sorted.Length, options.Test, long.MaxValue);
        var validation = Boundary(sorted, sorted.Count(begin => begin < test), options.Validation, test);

        for (var row = 0; row < ends.Length; row++)
        {
            var (begin, last) = (begins[row], times[ends[row] + horizon - 1]);
            parts.Marks[row] = last < validation ? RowPart.Train
                : begin >= validation && last < test ? RowPart.Validation
                : begin >= test && last < long.MaxValue ? RowPart.Test : RowPart.None;
        }

        var lost = parts.CountOf(RowPart.None);
        var boundaries = new[] { ("validation", validation, test), ("test", test, long.MaxValue) }
            .Where(part => part.Item2 < part.Item3)
            .Select(part => FormattableString.Invariant($"{part.Item1} from {new DateTime(part.Item2):s}"));
        options.Log?.Invoke("Windows are split by time: " + string.Join(", ", boundaries)
            + (lost == 0 ? "." : $"; {lost:N0} windows whose targets cross a boundary are left out."));
    }

    /// <summary>
    /// The first time that a part predicts, so that about its share of all windows lies between that and the next
    /// boundary.
    /// </summary>
    /// <param name="sorted">The first times that windows predict, in order.</param>
    /// <param name="left">The number of them that are not in a later part.</param>
    /// <param name="share">The part's share; 0: there is none.</param>
    /// <param name="next">The first time of the next part.</param>
    private static long Boundary(long[] sorted, int left, double share, long next)
    {
        var wanted = SplitOptions.Rows(sorted.Length, share);
        return share == 0 || wanted == 0 || left == 0 ? next : sorted[Math.Max(0, left - wanted)];
    }
}
