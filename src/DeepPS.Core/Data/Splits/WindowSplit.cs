using DeepPS.Common;

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
    /// Folds with a rolling origin: the test of each follows its training in time, and each trains on all windows
    /// before its test, so later folds train on more.
    /// </summary>
    /// <remarks>Tashman, Out-of-sample tests of forecasting accuracy (2000).</remarks>
    /// <param name="windows">The windows.</param>
    /// <param name="folds">Number of folds; there are one more pieces of time, the first of which only trains.</param>
    /// <param name="validation">The share of a fold's training that is kept for validation, its latest windows.</param>
    /// <param name="budget">The memory budget; null: unlimited.</param>
    /// <exception cref="DlException"><c>InvalidFold</c>: there are fewer times than pieces.</exception>
    public static IEnumerable<RowParts> Folds(WindowColumn windows, int folds, double validation, MemoryBudget? budget)
    {
        var begins = windows.Ends.ToArray().Select(end => windows.Store.Times[end]).Order().ToArray();
        var most = begins.Distinct().Count() - 1;
        if (folds < 2 || folds > most)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                $"The number of folds must be from 2 to {most:N0}, as windows begin at {most + 1:N0} times; "
                + $"got {folds}.",
                folds);
        return Enumerable.Range(1, folds).Select(fold => Fold(windows, At(fold), At(fold + 1), validation, budget));

        long At(int piece) => piece > folds ? long.MaxValue : begins[(int)((long)begins.Length * piece / (folds + 1))];
    }

    private static RowParts Fold(WindowColumn windows, long test, long next, double validation, MemoryBudget? budget)
    {
        var (times, horizon) = (windows.Store.Times, windows.Plan.Horizon);
        var before = windows.Ends.ToArray().Select(end => times[end]).Where(begin => begin < test).Order().ToArray();
        var boundary = Boundary(before, before.Length, validation, test);
        var parts = new RowParts(windows.Count, budget);
        for (var row = 0; row < windows.Count; row++)
        {
            var (begin, last) = (times[windows.Ends[row]], times[windows.Ends[row] + horizon - 1]);
            parts.Marks[row] = last < boundary ? RowPart.Train
                : begin >= boundary && last < test ? RowPart.Validation
                : begin >= test && last < next ? RowPart.Test : RowPart.None;
        }

        return parts;
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
