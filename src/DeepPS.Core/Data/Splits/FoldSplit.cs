using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Rows in folds: each fold is the test of one split, and the others train.</summary>
/// <param name="count">How many rows there are.</param>
/// <param name="label">The class of each row; null: folds are made without a look at classes.</param>
/// <param name="groups">The number of each row's group; null: rows are dealt one by one.</param>
/// <param name="budget">How much memory there is; null: as much as it needs.</param>
internal sealed class FoldSplit(int count, CategoryColumn? label, RowGroups? groups, MemoryBudget? budget)
{
    /// <summary>Refuses what cannot be folded.</summary>
    /// <exception cref="DlException"><c>InvalidFold</c>: there are fewer rows or groups than folds; <c>RareClass</c>.</exception>
    public void Check(int folds, int repeats)
    {
        var most = groups?.Count ?? count;
        if (folds < 2 || folds > most)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                $"The number of folds is from 2 to {most:N0}, one for each {(groups is null ? "row" : "group")}; {folds} came.", folds);
        if (repeats < 1)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument, $"Folds are made once or more often; {repeats} came.", repeats);
        if (groups is null && label is not null && LevelCounts.Of(label).FirstOrDefault(level => level.Count == 1) is { Count: 1 } rare)
            throw new DlException("RareClass", DlErrorKind.InvalidData,
                $"Class '{rare.Level}' of label '{label.Name}' has one row: when it is in the test, none is left to learn from. "
                + "Leave it out, or split without a look at classes.", label.Name);
    }

    /// <summary>The splits of one repetition, each until the next is asked for: each row is in the test of exactly one.</summary>
    public IEnumerable<RowParts> Parts(int folds, double validation, SeededRandom random)
    {
        using var parts = new RowParts(count, budget);
        using var fold = groups is null ? RandomSplit.Folds(parts, label, folds, random) : GroupSplit.Folds(parts, groups, label, folds, random);
        for (var number = 0; number < folds; number++)
        {
            Mark(parts, fold, number);
            if (groups is not null)
                GroupSplit.Take(parts, groups, SplitOptions.Rows(parts.CountOf(RowPart.Train), validation), validation > 0 ? 1 : 0, RowPart.Validation, random);
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
