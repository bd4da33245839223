namespace DeepPS;

/// <summary>Rows in folds: each fold is the test of one split, and the others train.</summary>
/// <param name="count">How many rows there are.</param>
/// <param name="classes">The class of each row, -1 where it has none; null: folds are made without a look at classes.</param>
/// <param name="groups">The number of each row's group; null: rows are dealt one by one.</param>
internal sealed class FoldSplit(int count, int[]? classes, int[]? groups)
{
    /// <summary>Refuses what cannot be folded.</summary>
    /// <exception cref="DlException"><c>InvalidFold</c>: there are fewer rows or groups than folds; <c>RareClass</c>.</exception>
    public void Check(int folds, int repeats, Column? label)
    {
        var most = groups?.Distinct().Count() ?? count;
        if (folds < 2 || folds > most)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument,
                $"The number of folds is from 2 to {most:N0}, one for each {(groups is null ? "row" : "group")}; {folds} came.", folds);
        if (repeats < 1)
            throw new DlException("InvalidFold", DlErrorKind.InvalidArgument, $"Folds are made once or more often; {repeats} came.", repeats);
        if (groups is null && classes?.Where(code => code >= 0).CountBy(code => code).FirstOrDefault(pair => pair.Value == 1) is { Value: 1 } rare)
            throw new DlException("RareClass", DlErrorKind.InvalidData,
                $"Class '{((CategoryColumn)label!).Levels[rare.Key]}' of label '{label.Name}' has one row: when it is in the test, none is left to learn from. "
                + "Leave it out, or split without a look at classes.", label.Name);
    }

    /// <summary>The splits of one repetition: each row is in the test of exactly one.</summary>
    public IEnumerable<SplitRows> Parts(int folds, double validation, SeededRandom random)
    {
        var fold = groups is null ? RandomSplit.Folds(count, classes, folds, random) : GroupSplit.Folds(groups, classes, folds, random);
        for (var number = 0; number < folds; number++)
        {
            var test = Enumerable.Range(0, count).Where(row => fold[row] == number).ToArray();
            var rest = Enumerable.Range(0, count).Where(row => fold[row] != number).ToArray();
            var (train, held) = validation == 0 ? (rest, [])
                : groups is null ? RandomSplit.TakeValidation(rest, classes, validation, random)
                : GroupSplit.Take(rest, groups, SplitOptions.Rows(rest.Length, validation), 1, random);
            yield return new SplitRows(train, held, test);
        }
    }
}
