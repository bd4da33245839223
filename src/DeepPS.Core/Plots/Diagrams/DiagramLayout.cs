namespace DeepPS.Plots;

/// <summary>Places the boxes of a diagram in rows from top to bottom.</summary>
/// <remarks>After Sugiyama, Tagawa and Toda (1981): each box is a row below the last one that it depends on; an arrow
/// over several rows has a place in each of them; a row is ordered by the places that its boxes come from.</remarks>
internal sealed class DiagramLayout
{
    /// <summary>The size of a box.</summary>
    public const float BoxWidth = 200, HeadHeight = 24, LineHeight = 16;

    private const float Across = 26, Down = 30, Lane = 14;

    private readonly Place[] places;

    /// <summary>A box, or the place of an arrow in a row that it only crosses.</summary>
    private sealed class Place(int row, float width, bool isBox)
    {
        public int Row => row;
        public float Width => width;
        public bool IsBox => isBox;
        public List<Place> From { get; } = [];
        public float X { get; set; }

        /// <summary>Where its arrow begins, or where it is itself.</summary>
        public float Home => isBox ? X : From[0].Home;
    }

    public DiagramLayout(IReadOnlyList<DiagramBox> boxes, IReadOnlyList<(int From, int To)> arrows)
    {
        var rows = Rows(boxes.Count, arrows);
        places = boxes.Select((_, i) => new Place(rows[i], BoxWidth, true)).ToArray();
        var all = new List<Place>(places);
        var paths = new List<Place[]>();
        foreach (var (from, to) in arrows)
        {
            var path = new List<Place> { places[from] };
            for (var row = rows[from] + 1; row <= rows[to]; row++)
            {
                var place = row == rows[to] ? places[to] : new Place(row, Lane, false);
                place.From.Add(path[^1]);
                path.Add(place);
                if (!place.IsBox)
                    all.Add(place);
            }

            paths.Add([.. path]);
        }

        var byRow = all.GroupBy(place => place.Row).OrderBy(row => row.Key).Select(row => row.ToArray()).ToArray();
        foreach (var row in byRow)
            Arrange(row);
        var left = all.Min(place => place.X - place.Width / 2);
        foreach (var place in all)
            place.X -= left;
        Width = all.Max(place => place.X + place.Width / 2);
        var heights = byRow.Select((_, row) => boxes.Where((_, i) => rows[i] == row)
            .Select(HeightOf).DefaultIfEmpty(0).Max()).ToArray();
        var tops = new float[heights.Length + 1];
        for (var row = 0; row < heights.Length; row++)
            tops[row + 1] = tops[row] + heights[row] + Down;
        Height = tops[^1] - Down;
        Boxes = places.Select((place, i) => (place.X - BoxWidth / 2, tops[place.Row], HeightOf(boxes[i]))).ToArray();
        Arrows = paths.Select(path => path.SelectMany((place, i) => Points(place, i, path)).ToArray()).ToArray();

        IEnumerable<(float X, float Y)> Points(Place place, int i, Place[] path) =>
            i == 0 ? [(place.X, tops[place.Row] + HeightOf(boxes[Array.IndexOf(places, place)]))]
            : i == path.Length - 1 ? [(place.X, tops[place.Row])]
            : [(place.X, tops[place.Row]), (place.X, tops[place.Row] + heights[place.Row])];
    }

    /// <summary>The width of all.</summary>
    public float Width { get; }

    /// <summary>The height of all.</summary>
    public float Height { get; }

    /// <summary>Left, top and height of each box.</summary>
    public IReadOnlyList<(float Left, float Top, float Height)> Boxes { get; }

    /// <summary>The corners of each arrow.</summary>
    public IReadOnlyList<IReadOnlyList<(float X, float Y)>> Arrows { get; }

    private static float HeightOf(DiagramBox box) => HeadHeight + LineHeight * box.Details.Count
        + (box.Details.Count > 0 ? 6 : 4);

    /// <summary>The row of each box; one without a source is just above the first box that takes it.</summary>
    private static int[] Rows(int count, IReadOnlyList<(int From, int To)> arrows)
    {
        var rows = new int[count];
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (from, to) in arrows)
                if (rows[to] <= rows[from])
                    (rows[to], changed) = (rows[from] + 1, true);
        }

        foreach (var source in Enumerable.Range(0, count).Where(box => arrows.All(arrow => arrow.To != box)))
            rows[source] = arrows.Where(arrow => arrow.From == source).Select(arrow => rows[arrow.To] - 1)
                .DefaultIfEmpty(rows[source]).Min();
        return rows;
    }

    /// <summary>A box is below those that it takes, a lane beside the box that its arrow leaves.</summary>
    private static float Wanted(Place place)
    {
        if (place.From.Count == 0)
            return 0;
        if (!place.IsBox)
            return place.From[0].X + (place.From[0].IsBox ? BoxWidth / 2 + Across : 0);
        // Parameters stand beside the operations that they join, and leave the line straight.
        var inner = place.From.Where(from => from.From.Count > 0).ToArray();
        return (inner.Length > 0 ? inner : [.. place.From]).Average(from => from.Home);
    }

    /// <summary>Orders a row by where its arrows come from, and moves what overlaps apart.</summary>
    private static void Arrange(Place[] row)
    {
        var wanted = row.ToDictionary(place => place, Wanted);
        var order = row.OrderBy(place => wanted[place]).ToArray();
        for (var i = 0; i < order.Length; i++)
            order[i].X = i == 0 ? wanted[order[i]]
                : Math.Max(wanted[order[i]], order[i - 1].X + (order[i - 1].Width + order[i].Width) / 2 + Across);
        var boxes = order.Where(place => place.IsBox).ToArray();
        var shift = (boxes.Length > 0 ? boxes : order).Average(place => wanted[place] - place.X);
        foreach (var place in order)
            place.X += shift;
    }
}
