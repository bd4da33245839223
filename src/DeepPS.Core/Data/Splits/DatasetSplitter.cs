using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Splits datasets into parts, each row into exactly one.</summary>
public static class DatasetSplitter
{
    /// <summary>
    /// Splits a dataset. Within each part the rows keep their order. Windows over series are split by time unless the
    /// options name a column.
    /// </summary>
    /// <exception cref="DlException"><c>InvalidFraction</c>; <c>EmptyPart</c>: there are too few rows or groups;
    /// <c>InvalidSplitColumn</c>; <c>UnknownPart</c>, <c>MissingTime</c>, <c>NotATime</c>: the column does not assign
    /// all rows to parts.</exception>
    public static Split Split(Dataset dataset, SplitOptions options)
    {
        options.CheckShares();
        var column = SplitColumn.Of(dataset, options);
        var windows = options.Group is null && options.By is null ? WindowSplit.Windows(dataset) : null;
        using var rows = new RowParts(dataset.Count, dataset.Budget);
        if (windows is not null)
            WindowSplit.Deal(rows, windows, options);
        else if (column is null)
            RandomSplit.Deal(rows, ClassLabel(dataset, options), options);
        else if (options.Group is not null)
            GroupSplit.Deal(rows, RowGroups.Of(column), options);
        else if (options.Time is not null)
            TimeSplit.Deal(rows, column, options);
        else
            ColumnSplit.Deal(rows, column);
        var parts = new SplitParts(SplitColumn.Mark(dataset, column, options), rows, options);
        return new Split(parts.Train, parts.Validation, parts.Test, options.Log, options.Warn)
        {
            Name = dataset.Name, Method = Method(dataset, column, options),
        };
    }

    /// <summary>Takes a part that a split lacks from its training part; its other parts stay.</summary>
    /// <exception cref="DlException">As for a dataset; <c>PartExists</c>: the split has the part.</exception>
    public static Split Split(Split parts, SplitOptions options)
    {
        Refuse(PartNames.Validation, parts.Validation, options.Validation);
        Refuse(PartNames.Test, parts.Test, options.Test);
        var split = Split(parts.Train, options with { Log = null, Warn = null });
        return new Split(split.Train, split.Validation ?? parts.Validation, split.Test ?? parts.Test, options.Log,
            options.Warn)
        {
            Name = parts.Name,
            Method = $"{parts.Method ?? "by hand"}; the training part {split.Method}",
        };

        void Refuse(string part, Dataset? own, double share)
        {
            if (own is not null && (share > 0 || options.By is not null))
                throw new DlException("PartExists", DlErrorKind.InvalidArgument,
                    $"'{parts.Name}' has a {part.ToLowerInvariant()} part of {own.Count:N0} rows. Leave -{part} and "
                    + "-By out, or split $split.Train alone.", parts);
        }
    }

    /// <summary>
    /// Splits a dataset several times: each row is in the test part of exactly one of the folds. The splits are made
    /// one by one, when they are enumerated.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="options">The options; the validation share is that of the rows outside the test.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="repeats">Number of times that all folds are made, in another order each time.</param>
    /// <exception cref="DlException">
    /// As for one split; <c>InvalidFold</c>; <c>RareClass</c>: a class has one row.
    /// </exception>
    public static IEnumerable<Split> Folds(Dataset dataset, SplitOptions options, int folds, int repeats = 1)
    {
        options.CheckShares();
        if (options.Test > 0 || options.Time is not null || options.By is not null)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                "Folds are made at random or from groups, and each has its own test part. Leave out the share for the "
                + "test, the time and the column of parts.");
        if (options.Group is null && WindowSplit.Windows(dataset) is { } windows)
            return repeats == 1
                ? Make(dataset, _ => WindowSplit.Folds(windows, folds, options.Validation, dataset.Budget), options,
                    folds, 1, "by the time of windows, with a rolling origin")
                : throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                    $"Folds of windows over series follow time, so all repeats are the same; got {repeats} repeats. "
                    + "Leave -Repeat out.", repeats);
        var column = SplitColumn.Of(dataset, options);
        var split = new FoldSplit(dataset.Count, ClassLabel(dataset, options),
            column is null ? null : RowGroups.Of(column), dataset.Budget);
        split.Check(folds, repeats);
        return Make(SplitColumn.Mark(dataset, column, options),
            random => split.Parts(folds, options.Validation, random), options, folds, repeats,
            Method(dataset, column, options));
    }

    private static IEnumerable<Split> Make(Dataset dataset, Func<SeededRandom, IEnumerable<RowParts>> repetition,
        SplitOptions options, int folds, int repeats, string method)
    {
        var random = new SeededRandom(options.Seed);
        for (var repeat = 1; repeat <= repeats; repeat++)
            foreach (var (fold, rows) in repetition(random).Index())
            {
                var name = $"{dataset.Name}, fold {fold + 1} of {folds}"
                    + (repeats > 1 ? $", repeat {repeat} of {repeats}" : "");
                var parts = new SplitParts(dataset.Named(name), rows, options);
                // Folds leave out nearly the same columns: one warning is enough.
                var warn = fold == 0 && repeat == 1 ? options.Warn : null;
                yield return new Split(parts.Train, parts.Validation, parts.Test, options.Log, warn)
                {
                    Name = name,
                    Method = method,
                    Fold = fold + 1,
                    Repeat = repeat,
                };
            }
    }

    /// <summary>The class of each row; null where the split is not stratified.</summary>
    private static CategoryColumn? ClassLabel(Dataset dataset, SplitOptions options) =>
        options.Stratify && dataset.Label is CategoryColumn { Facts: { HoldsSeveral: false, IsText: false } } label
            ? label : null;

    private static string Method(Dataset dataset, Column? column, SplitOptions options) =>
        options.Group is null && options.By is null && WindowSplit.Windows(dataset) is not null
            ? "by the time of windows"
        : options.Time is not null ? $"by the time in '{column!.Name}'"
        : options.By is not null ? $"as '{column!.Name}' says"
        : (options.Group is not null ? $"by the groups of '{column!.Name}'"
            : ClassLabel(dataset, options) is { } label ? $"at random, by the classes of '{label.Name}'" : "at random")
            + $", seed {options.Seed}";
}
