using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Rows sorted by class, in random order, so that each part gets its share of each class.</summary>
internal sealed class Strata : IDisposable
{
    private readonly RowParts parts;
    private readonly ScratchArray<int> rows;
    private readonly Stratum[] strata;

    /// <summary>Sorts the training rows by class and shuffles each class.</summary>
    /// <param name="parts">The rows and their parts.</param>
    /// <param name="label">The class of every row of the dataset; null: without classes.</param>
    /// <param name="random">Source of the random order.</param>
    public Strata(RowParts parts, CategoryColumn? label, SeededRandom random)
    {
        this.parts = parts;
        rows = new ScratchArray<int>(parts.CountOf(RowPart.Train), parts.Budget);
        strata = ByClass(label is null ? [] : label.Codes, label?.Levels.Count ?? 0);
        foreach (var stratum in strata)
            random.Shuffle(RowsOf(stratum));
    }

    /// <summary>All rows, class after class.</summary>
    public ReadOnlySpan<int> All => rows.Span;

    /// <summary>
    /// Assigns a number of rows to a part, from each class its share, rounded by largest remainders. The last row of a
    /// class stays.
    /// </summary>
    public void Deal(int wanted, RowPart part)
    {
        var shares = strata.Select(stratum => (double)wanted * stratum.Count / Math.Max(rows.Count, 1)).ToArray();
        var takes = strata.Select((stratum, i) => Math.Min((int)shares[i], stratum.Available)).ToArray();
        var missing = wanted - takes.Sum();
        foreach (var i in Enumerable.Range(0, strata.Length).OrderByDescending(i => shares[i] - takes[i])
            .ThenBy(i => i))
            if (missing > 0 && takes[i] < strata[i].Available)
            {
                takes[i]++;
                missing--;
            }

        for (var i = 0; i < strata.Length; i++)
        {
            parts.Give(RowsOf(strata[i]).Slice(strata[i].Dealt, takes[i]), part);
            strata[i].Dealt += takes[i];
        }
    }

    public void Dispose() => rows.Dispose();

    private Span<int> RowsOf(Stratum stratum) => rows.Span.Slice(stratum.Start, stratum.Count);

    /// <summary>Sorts the rows by class: those without one first, those of a class in their order.</summary>
    private Stratum[] ByClass(ReadOnlySpan<int> codes, int levels)
    {
        var marks = parts.Marks;
        var ordered = rows.Span;
        var ends = new int[levels + 1];
        for (var row = 0; row < marks.Length; row++)
            if (marks[row] == RowPart.Train)
                ends[ClassOf(codes, row)]++;
        var found = new List<Stratum>();
        for (int place = 0, start = 0; place < ends.Length; place++)
        {
            if (ends[place] > 0)
                found.Add(new Stratum(start, ends[place], mustStay: place == 0 ? 0 : 1));
            (ends[place], start) = (start, start + ends[place]);
        }

        for (var row = 0; row < marks.Length; row++)
            if (marks[row] == RowPart.Train)
                ordered[ends[ClassOf(codes, row)]++] = row;
        return found.ToArray();
    }

    private static int ClassOf(ReadOnlySpan<int> codes, int row) => codes.IsEmpty ? 0 : codes[row] + 1;

    /// <summary>The rows of one class: their first place and their number.</summary>
    private sealed class Stratum(int start, int count, int mustStay)
    {
        public int Start => start;

        public int Count => count;

        /// <summary>The number of rows already assigned, the first ones.</summary>
        public int Dealt { get; set; }

        public int Available => count - Dealt - mustStay;
    }
}
