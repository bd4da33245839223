namespace DeepPS;

/// <summary>Splits datasets at random, each row into exactly one part.</summary>
public static class DatasetSplitter
{
    /// <summary>
    /// Splits a dataset. Within each part the rows keep their order. With classes, each part gets its share of each class, rounded
    /// by largest remainders, and at least one row of every class stays in the part to train on.
    /// </summary>
    /// <exception cref="DlException"><c>InvalidFraction</c>; <c>EmptyPart</c>: there are too few rows.</exception>
    public static Split Split(Dataset dataset, SplitOptions options)
    {
        CheckFractions(options);
        var testCount = (int)Math.Round(dataset.Count * options.Test, MidpointRounding.AwayFromZero);
        var validationCount = (int)Math.Round(dataset.Count * options.Validation, MidpointRounding.AwayFromZero);
        var groups = Groups(dataset, options);
        var random = new SeededRandom(options.Seed);
        foreach (var group in groups)
            random.Shuffle<int>(group.Rows);

        var test = Deal(groups, testCount, dataset.Count);
        var validation = Deal(groups, validationCount, dataset.Count);
        var train = groups.SelectMany(group => group.Left).ToArray();
        return new Split(
            Part(dataset, train, "train", 1)!,
            Part(dataset, validation, "validation", options.Validation),
            Part(dataset, test, "test", options.Test), options.Log);
    }

    private static void CheckFractions(SplitOptions options)
    {
        foreach (var (name, value) in new[] { ("Validation", options.Validation), ("Test", options.Test) })
            if (!(value is >= 0 and < 1))
                throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                    $"{name} is a share of the rows from 0 to below 1, such as 0.1; {value} came.", value);
        if (options.Validation + options.Test >= 1)
            throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                $"Validation {options.Validation} and Test {options.Test} leave no rows to train on; together they are below 1.",
                options.Validation + options.Test);
    }

    /// <summary>The rows of each class; those without a label are a group of their own. Without classes: all rows in one.</summary>
    private static Group[] Groups(Dataset dataset, SplitOptions options)
    {
        if (!options.Stratify || dataset.Label is not CategoryColumn label)
            return [new Group(Enumerable.Range(0, dataset.Count).ToArray(), mustStay: 0)];
        var rows = new List<int>?[label.Levels.Count + 1];
        var codes = label.Codes;
        for (var i = 0; i < codes.Length; i++)
            (rows[codes[i] + 1] ??= []).Add(i);
        return rows.Select((list, i) => list is null ? null : new Group(list.ToArray(), mustStay: i == 0 ? 0 : 1))
            .OfType<Group>().ToArray();
    }

    /// <summary>Takes so many rows, from each group its share.</summary>
    private static int[] Deal(Group[] groups, int wanted, int total)
    {
        var shares = groups.Select(group => (double)wanted * group.Rows.Length / Math.Max(total, 1)).ToArray();
        var takes = groups.Select((group, i) => Math.Min((int)shares[i], group.Available)).ToArray();
        var missing = wanted - takes.Sum();
        foreach (var i in Enumerable.Range(0, groups.Length).OrderByDescending(i => shares[i] - takes[i]).ThenBy(i => i))
            if (missing > 0 && takes[i] < groups[i].Available)
            {
                takes[i]++;
                missing--;
            }

        return groups.SelectMany((group, i) => group.Take(takes[i])).ToArray();
    }

    private static Dataset? Part(Dataset dataset, int[] rows, string name, double fraction)
    {
        if (fraction == 0)
            return null;
        if (rows.Length == 0)
            throw new DlException("EmptyPart", DlErrorKind.InvalidArgument,
                $"The {name} part of '{dataset.Name}' would be empty: there are {dataset.Count} rows in all. Give it a larger share, or more rows.",
                dataset.Name);
        Array.Sort(rows);
        return dataset.Take(rows).Named($"{dataset.Name} ({name})");
    }

    /// <summary>The rows of one class in random order, those dealt first.</summary>
    private sealed class Group(int[] rows, int mustStay)
    {
        private int dealt;

        public int[] Rows { get; } = rows;

        public int Available => Rows.Length - dealt - mustStay;

        public IEnumerable<int> Left => Rows.Skip(dealt);

        public int[] Take(int count)
        {
            var taken = Rows.AsSpan(dealt, count).ToArray();
            dealt += count;
            return taken;
        }
    }
}
