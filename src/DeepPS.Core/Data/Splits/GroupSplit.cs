namespace DeepPS;

/// <summary>Rows dealt group by group, so that no group is in two parts.</summary>
internal static class GroupSplit
{
    /// <summary>The number of each row's group, from 0; rows without a value are a group together.</summary>
    public static int[] Numbers(Column column)
    {
        if (column is TimeColumn times)
            return Numbered(times.Ticks);
        return Numbered(ColumnValues.Levels(column, new Shape()).Codes.Span);
    }

    /// <summary>The parts: groups in random order, as many as come nearest to the shares asked for.</summary>
    /// <exception cref="DlException"><c>EmptyPart</c>: there are fewer groups than parts.</exception>
    public static SplitRows Parts(int[] groups, SplitOptions options)
    {
        var random = new SeededRandom(options.Seed);
        var rows = Enumerable.Range(0, groups.Length).ToArray();
        var others = options.Validation > 0 ? 2 : 1;
        var (left, test) = Take(rows, groups, SplitOptions.Rows(rows.Length, options.Test), options.Test > 0 ? others : 0, random);
        var (train, validation) = Take(left, groups, SplitOptions.Rows(rows.Length, options.Validation), others - 1, random);
        return new SplitRows(train, validation, test);
    }

    /// <summary>
    /// The fold in whose test each group is. Groups in random order, the largest first, go one by one to the fold that has
    /// fewest rows of the classes that they have: folds have about as many rows, and of each class, as groups allow.
    /// </summary>
    public static int[] Folds(int[] groups, int[]? classes, int folds, SeededRandom random)
    {
        var counts = Counts(groups, classes);
        var totals = counts[0].Select((_, level) => (double)Math.Max(1, counts.Sum(count => count[level]))).ToArray();
        var order = Enumerable.Range(0, counts.Length).ToArray();
        random.Shuffle<int>(order);
        var loads = Enumerable.Range(0, folds).Select(_ => new long[totals.Length]).ToArray();
        var fold = new int[counts.Length];
        foreach (var group in order.OrderByDescending(group => counts[group].Sum()))
        {
            var to = Enumerable.Range(0, folds).MinBy(f => (Crowding(loads[f], counts[group]), loads[f].Sum()));
            fold[group] = to;
            for (var level = 0; level < totals.Length; level++)
                loads[to][level] += counts[group][level];
        }

        return groups.Select(group => fold[group]).ToArray();

        // What putting the group there adds to the sum of the squares of the folds' shares of each class, that of itself aside.
        double Crowding(long[] load, int[] count) =>
            load.Select((rows, level) => rows * (double)count[level] / (totals[level] * totals[level])).Sum();
    }

    /// <summary>Takes groups in random order as long as that brings their rows nearer to those wanted, one at least.</summary>
    /// <param name="rows">The rows to take from.</param>
    /// <param name="groups">The group of every row of the dataset.</param>
    /// <param name="wanted">How many rows.</param>
    /// <param name="others">How many parts are to be made of the groups that are left; 0: none is taken.</param>
    /// <param name="random">What the order is drawn from.</param>
    public static (int[] Left, int[] Taken) Take(int[] rows, int[] groups, int wanted, int others, SeededRandom random)
    {
        if (others == 0)
            return (rows, []);
        var sizes = rows.GroupBy(row => groups[row]).Select(group => (Group: group.Key, Rows: group.Count())).ToArray();
        if (sizes.Length <= others)
            return (rows, []);
        random.Shuffle<(int Group, int Rows)>(sizes);
        var taken = new HashSet<int>();
        var have = 0;
        foreach (var (group, size) in sizes)
            if (taken.Count < sizes.Length - others && Math.Abs(have + size - wanted) < Math.Abs(have - wanted))
            {
                taken.Add(group);
                have += size;
            }

        if (taken.Count == 0)
            taken.Add(sizes.MinBy(size => size.Rows).Group);
        return (rows.Where(row => !taken.Contains(groups[row])).ToArray(), rows.Where(row => taken.Contains(groups[row])).ToArray());
    }

    /// <summary>How many rows each group has of each class; without classes, in all.</summary>
    private static int[][] Counts(int[] groups, int[]? classes)
    {
        var levels = classes is null ? 1 : classes.Max() + 2;
        var counts = Enumerable.Range(0, groups.Max() + 1).Select(_ => new int[levels]).ToArray();
        for (var row = 0; row < groups.Length; row++)
            counts[groups[row]][classes is null ? 0 : classes[row] + 1]++;
        return counts;
    }

    private static int[] Numbered<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var numbers = new Dictionary<T, int>();
        return values.Convert(value =>
        {
            if (!numbers.TryGetValue(value, out var number))
                numbers.Add(value, number = numbers.Count);
            return number;
        });
    }
}
