using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Assigns rows group by group, so that no group is in two parts.</summary>
internal static class GroupSplit
{
    /// <summary>Assigns rows to the parts: groups in random order, as many as come nearest to the shares.</summary>
    public static void Deal(RowParts parts, RowGroups groups, SplitOptions options)
    {
        var random = new SeededRandom(options.Seed);
        var others = options.Validation > 0 ? 2 : 1;
        Take(parts, groups, SplitOptions.Rows(parts.Count, options.Test), options.Test > 0 ? others : 0, RowPart.Test,
            random);
        Take(parts, groups, SplitOptions.Rows(parts.Count, options.Validation), others - 1, RowPart.Validation, random);
    }

    /// <summary>
    /// The fold whose test has each group. Groups in random order, the largest first, go one by one to the fold with
    /// the fewest rows of their classes: folds get nearly equal numbers of rows, and of each class, as far as groups
    /// allow.
    /// </summary>
    public static ScratchArray<int> Folds(
        RowParts parts, RowGroups groups, CategoryColumn? label, int folds, SeededRandom random)
    {
        var counts = Counts(groups, label);
        var totals = counts[0].Select((_, level) => (double)Math.Max(1, counts.Sum(count => count[level]))).ToArray();
        var order = Enumerable.Range(0, counts.Length).ToArray();
        random.Shuffle<int>(order);
        var loads = Enumerable.Range(0, folds).Select(_ => new long[totals.Length]).ToArray();
        var fold = new int[counts.Length];
        foreach (var group in order.OrderByDescending(group => counts[group].Sum()))
        {
            var least = Enumerable.Range(0, folds).MinBy(f => (Crowding(loads[f], counts[group]), loads[f].Sum()));
            fold[group] = least;
            for (var level = 0; level < totals.Length; level++)
                loads[least][level] += counts[group][level];
        }

        var ofRow = new ScratchArray<int>(parts.Count, parts.Budget);
        var own = groups.Span;
        var to = ofRow.Span;
        for (var row = 0; row < own.Length; row++)
            to[row] = fold[own[row]];
        return ofRow;

        // The increase of the sum of squared shares of each class over the folds, without the group's own square.
        double Crowding(long[] load, int[] count) =>
            load.Select((rows, level) => rows * (double)count[level] / (totals[level] * totals[level])).Sum();
    }

    /// <summary>
    /// Moves groups of training rows to a part, at least one, in random order, as long as that brings it nearer to the
    /// wanted size.
    /// </summary>
    /// <param name="parts">The rows.</param>
    /// <param name="groups">The group of every row.</param>
    /// <param name="wanted">The wanted number of rows.</param>
    /// <param name="others">The number of parts still to make from the remaining groups; 0: none is taken.</param>
    /// <param name="part">The part; it stays empty where there are too few groups.</param>
    /// <param name="random">Source of the random order.</param>
    public static void Take(RowParts parts, RowGroups groups, int wanted, int others, RowPart part, SeededRandom random)
    {
        if (others == 0)
            return;
        var sizes = Sizes(parts.Marks, groups);
        if (sizes.Length <= others)
            return;
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
        var marks = parts.Marks;
        var own = groups.Span;
        for (var row = 0; row < marks.Length; row++)
            if (marks[row] == RowPart.Train && taken.Contains(own[row]))
                marks[row] = part;
    }

    /// <summary>The groups of the training rows in their order, with the number of training rows of each.</summary>
    private static (int Group, int Rows)[] Sizes(ReadOnlySpan<RowPart> marks, RowGroups groups)
    {
        var own = groups.Span;
        var places = new Dictionary<int, int>();
        var sizes = new List<(int Group, int Rows)>();
        for (var row = 0; row < marks.Length; row++)
        {
            if (marks[row] != RowPart.Train)
                continue;
            if (!places.TryGetValue(own[row], out var place))
            {
                places.Add(own[row], place = sizes.Count);
                sizes.Add((own[row], 0));
            }

            sizes[place] = (own[row], sizes[place].Rows + 1);
        }

        return sizes.ToArray();
    }

    /// <summary>The number of rows of each class in each group; without classes, of all rows.</summary>
    private static int[][] Counts(RowGroups groups, CategoryColumn? label)
    {
        var counts = Enumerable.Range(0, groups.Count).Select(_ => new int[1 + (label?.Levels.Count ?? 0)]).ToArray();
        var own = groups.Span;
        ReadOnlySpan<int> codes = label is null ? [] : label.Codes;
        for (var row = 0; row < own.Length; row++)
            counts[own[row]][codes.IsEmpty ? 0 : codes[row] + 1]++;
        return counts;
    }
}
