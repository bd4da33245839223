using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Assigns rows to folds: each fold is the test of one split, and the others train.</summary>
/// <param name="count">The number of rows.</param>
/// <param name="label">The class of each row; null: folds are not stratified.</param>
/// <param name="groups">The number of each row's group; null: rows are assigned one by one.</param>
/// <param name="budget">The memory budget; null: unlimited.</param>
internal sealed class FoldSplit(int count, CategoryColumn? label, RowGroups? groups, MemoryBudget? budget)
{
    /// <summary>Refuses impossible folds.</summary>
    /// <exception cref="DlException">
    /// <c>InvalidFold</c>: there are fewer rows or groups than folds; <c>RareClass</c>.
    /// </exception>
    public void Check(int folds, int repeats)
    {
        var most = groups?.Count ?? count;
        if (folds < 2 || folds > most)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                $"The number of folds must be from 2 to {most:N0}, one for each {(groups is null ? "row" : "group")}; "
                    + $"got {folds}.",
                folds);
        if (repeats < 1)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                $"The number of repeats must be 1 or more; got {repeats}.", repeats);
        if (groups is null && label is not null && LevelCounts.Of(label)
            .FirstOrDefault(level => level.Count == 1) is { Count: 1 } rare)
            throw new DlException("RareClass", DlErrorKind.InvalidData,
                $"Class '{rare.Level}' of label '{label.Name}' has one row: when it is in the test, none is left to "
                + "learn from. Leave it out, or split without stratification.", label.Name);
    }

    /// <summary>
    /// The splits of one repetition, each valid until the next one: each row is in the test of exactly one.
    /// </summary>
    public IEnumerable<RowParts> Parts(int folds, double validation, SeededRandom random)
    {
        using var parts = new RowParts(count, budget);
        using var fold = groups is null ? RandomSplit.Folds(parts, label, folds, random)
            : GroupSplit.Folds(parts, groups, label, folds, random);
        for (var number = 0; number < folds; number++)
        {
            Mark(parts, fold, number);
            if (groups is not null)
                GroupSplit.Take(parts, groups, SplitOptions.Rows(parts.CountOf(RowPart.Train), validation),
                    validation > 0 ? 1 : 0, RowPart.Validation, random);
            else if (validation > 0)
                RandomSplit.TakeValidation(parts, label, validation, random);
            yield return parts;
        }
    }

    private static void Mark(RowParts parts, ScratchArray<int> fold, int number)
    {
        var marks = parts.Marks;
        var of = fold.Span;
        for (var row = 0; row < marks.Length; row++)
            marks[row] = of[row] == number ? RowPart.Test : RowPart.Train;
    }
}
