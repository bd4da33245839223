using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Rows dealt one by one, at random.</summary>
internal static class RandomSplit
{
    /// <summary>
    /// Gives rows to the parts. With classes, each gets its share of each class, rounded by largest remainders, and at least one row of
    /// every class stays in the part to train on.
    /// </summary>
    public static void Deal(RowParts parts, CategoryColumn? label, SplitOptions options)
    {
        using var strata = new Strata(parts, label, new SeededRandom(options.Seed));
        strata.Deal(SplitOptions.Rows(parts.Count, options.Test), RowPart.Test);
        strata.Deal(SplitOptions.Rows(parts.Count, options.Validation), RowPart.Validation);
    }

    /// <summary>The fold in whose test each row is: folds differ by a row at most, in all and in each class.</summary>
    public static ScratchArray<int> Folds(RowParts parts, CategoryColumn? label, int folds, SeededRandom random)
    {
        using var strata = new Strata(parts, label, random);
        var fold = new ScratchArray<int>(parts.Count, parts.Budget);
        var all = strata.All;
        var of = fold.Span;
        for (var place = 0; place < all.Length; place++)
            of[all[place]] = place % folds;
        return fold;
    }

    /// <summary>Takes a share of the rows that are trained on for validation.</summary>
    public static void TakeValidation(RowParts parts, CategoryColumn? label, double share, SeededRandom random)
    {
        using var strata = new Strata(parts, label, random);
        strata.Deal(SplitOptions.Rows(strata.All.Length, share), RowPart.Validation);
    }
}
