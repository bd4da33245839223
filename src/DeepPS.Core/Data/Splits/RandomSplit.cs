namespace DeepPS;

/// <summary>Rows dealt one by one, at random.</summary>
internal static class RandomSplit
{
    /// <summary>
    /// The parts. With classes, each gets its share of each class, rounded by largest remainders, and at least one row of
    /// every class stays in the part to train on.
    /// </summary>
    public static SplitRows Parts(int count, int[]? classes, SplitOptions options)
    {
        var strata = new Strata(Enumerable.Range(0, count).ToArray(), classes, new SeededRandom(options.Seed));
        var test = strata.Deal(SplitOptions.Rows(count, options.Test));
        var validation = strata.Deal(SplitOptions.Rows(count, options.Validation));
        return new SplitRows(strata.Left(), validation, test);
    }

    /// <summary>The fold in whose test each row is: folds differ by a row at most, in all and in each class.</summary>
    public static int[] Folds(int count, int[]? classes, int folds, SeededRandom random)
    {
        var fold = new int[count];
        foreach (var (place, row) in new Strata(Enumerable.Range(0, count).ToArray(), classes, random).All.Index())
            fold[row] = place % folds;
        return fold;
    }

    /// <summary>Takes a share of rows for validation.</summary>
    public static (int[] Left, int[] Validation) TakeValidation(int[] rows, int[]? classes, double share, SeededRandom random)
    {
        var strata = new Strata(rows, classes, random);
        var validation = strata.Deal(SplitOptions.Rows(rows.Length, share));
        return (strata.Left(), validation);
    }
}
