using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Assigns rows one by one, at random.</summary>
internal static class RandomSplit
{
    /// <summary>
    /// Assigns rows to the parts. With classes, each part gets its share of each class, rounded by largest remainders,
    /// and at least one row of every class stays in the training part.
    /// </summary>
    public static void Deal(RowParts parts, CategoryColumn? label, SplitOptions options)
    {
        using var strata = new Strata(parts, label, new SeededRandom(options.Seed));
        strata.Deal(SplitOptions.Rows(parts.Count, options.Test), RowPart.Test);
        strata.Deal(SplitOptions.Rows(parts.Count, options.Validation), RowPart.Validation);
    }

    /// <summary>The fold whose test has each row: folds differ by at most one row, in all and in each class.</summary>
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

    /// <summary>Moves a share of the training rows to validation.</summary>
    public static void TakeValidation(RowParts parts, CategoryColumn? label, double share, SeededRandom random)
    {
        using var strata = new Strata(parts, label, random);
        strata.Deal(SplitOptions.Rows(strata.All.Length, share), RowPart.Validation);
    }
}
