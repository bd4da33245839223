namespace DeepPS;

/// <summary>Rows by their class, in random order, dealt so that each part gets its share of each class.</summary>
internal sealed class Strata
{
    private readonly Stratum[] strata;
    private readonly int total;

    /// <summary>Sorts rows by class and shuffles each class.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">The class of every row of the dataset, -1 where it has none; null: there are no classes.</param>
    /// <param name="random">What the order is drawn from.</param>
    public Strata(int[] rows, int[]? codes, SeededRandom random)
    {
        total = rows.Length;
        strata = codes is null ? [new Stratum(rows, mustStay: 0)]
            : rows.GroupBy(row => codes[row]).OrderBy(group => group.Key)
                .Select(group => new Stratum(group.ToArray(), mustStay: group.Key < 0 ? 0 : 1)).ToArray();
        foreach (var stratum in strata)
            random.Shuffle<int>(stratum.Rows);
    }

    /// <summary>All rows, class after class.</summary>
    public IEnumerable<int> All => strata.SelectMany(stratum => stratum.Rows);

    /// <summary>The rows not dealt yet.</summary>
    public int[] Left() => strata.SelectMany(stratum => stratum.Left).ToArray();

    /// <summary>
    /// Takes so many rows, from each class its share, rounded by largest remainders. A last row of each class is not dealt.
    /// </summary>
    public int[] Deal(int wanted)
    {
        var shares = strata.Select(stratum => (double)wanted * stratum.Rows.Length / Math.Max(total, 1)).ToArray();
        var takes = strata.Select((stratum, i) => Math.Min((int)shares[i], stratum.Available)).ToArray();
        var missing = wanted - takes.Sum();
        foreach (var i in Enumerable.Range(0, strata.Length).OrderByDescending(i => shares[i] - takes[i]).ThenBy(i => i))
            if (missing > 0 && takes[i] < strata[i].Available)
            {
                takes[i]++;
                missing--;
            }

        return strata.SelectMany((stratum, i) => stratum.Take(takes[i])).ToArray();
    }

    /// <summary>The rows of one class, those dealt first.</summary>
    private sealed class Stratum(int[] rows, int mustStay)
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
