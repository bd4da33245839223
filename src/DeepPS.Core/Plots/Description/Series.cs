namespace DeepPS.Plots;

/// <summary>Values that a panel shows in one form and one colour.</summary>
/// <param name="Name">The name in the legend; empty for none.</param>
public abstract record Series(string Name)
{
    /// <summary>The place of its colour in the palette.</summary>
    public int Colour { get; init; }
}

/// <summary>A line through points.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="X">The values along the horizontal axis.</param>
/// <param name="Y">The values along the vertical axis; NaN leaves a gap.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name)
{
    /// <summary>The values along the horizontal axis.</summary>
    public IReadOnlyList<double> X { get; } = X.ToArray();

    /// <summary>The values along the vertical axis; NaN leaves a gap.</summary>
    public IReadOnlyList<double> Y { get; } = Y.ToArray();

    /// <summary>Whether the line is dashed.</summary>
    public bool IsDashed { get; init; }
}

/// <summary>Single points.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="X">The values along the horizontal axis.</param>
/// <param name="Y">The values along the vertical axis.</param>
public sealed record Points(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y) : Series(Name)
{
    /// <summary>The values along the horizontal axis.</summary>
    public IReadOnlyList<double> X { get; } = X.ToArray();

    /// <summary>The values along the vertical axis.</summary>
    public IReadOnlyList<double> Y { get; } = Y.ToArray();

    /// <summary>A text beside each point; empty for none.</summary>
    public IReadOnlyList<string> Labels { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>The diameter in pixels.</summary>
    public int Size { get; init; } = 5;
}

/// <summary>An area between two lines.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="X">The values along the horizontal axis.</param>
/// <param name="Low">The lower line.</param>
/// <param name="High">The upper line.</param>
public sealed record Band(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High)
    : Series(Name)
{
    /// <summary>The values along the horizontal axis.</summary>
    public IReadOnlyList<double> X { get; } = X.ToArray();

    /// <summary>The lower line.</summary>
    public IReadOnlyList<double> Low { get; } = Low.ToArray();

    /// <summary>The upper line.</summary>
    public IReadOnlyList<double> High { get; } = High.ToArray();
}

/// <summary>Horizontal bars, the first on top.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Labels">The label of each bar.</param>
/// <param name="Values">The length of each bar.</param>
public sealed record Bars(string Name, IReadOnlyList<string> Labels, IReadOnlyList<double> Values) : Series(Name)
{
    /// <summary>The label of each bar.</summary>
    public IReadOnlyList<string> Labels { get; } = Labels.ToArray();

    /// <summary>The length of each bar.</summary>
    public IReadOnlyList<double> Values { get; } = Values.ToArray();

    /// <summary>Half the length of each error bar; empty for none.</summary>
    public IReadOnlyList<double> Deviations { get; init => field = value.ToArray(); } = Array.Empty<double>();
}

/// <summary>A histogram.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Edges">The edges of the bins, one more than there are bins.</param>
/// <param name="Counts">The number of values in each bin.</param>
public sealed record Histogram(string Name, IReadOnlyList<double> Edges, IReadOnlyList<double> Counts) : Series(Name)
{
    /// <summary>The edges of the bins, one more than there are bins.</summary>
    public IReadOnlyList<double> Edges { get; } = Edges.ToArray();

    /// <summary>The number of values in each bin.</summary>
    public IReadOnlyList<double> Counts { get; } = Counts.ToArray();

    /// <summary>The histogram of values, in bins of equal width; values that are not finite are left out.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="values">The values.</param>
    /// <param name="bins">The number of bins.</param>
    public static Histogram Of(string name, IEnumerable<double> values, int bins = 40)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var (low, high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        // Equal values are one bin in the middle.
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(low)))
            (low, high) = (low - 0.5, high + 0.5);
        var counts = new double[bins];
        foreach (var value in finite)
            counts[Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        return new Histogram(name,
            Enumerable.Range(0, bins + 1).Select(i => low + (high - low) * i / bins).ToArray(), counts);
    }
}

/// <summary>A table of coloured cells, such as a confusion matrix.</summary>
/// <param name="Name">What a cell's number is.</param>
/// <param name="Rows">The name of each row, the first on top.</param>
/// <param name="Columns">The name of each column.</param>
/// <param name="Values">The numbers, row by row.</param>
/// <param name="Shades">The strength of each cell's colour from 0 to 1, row by row.</param>
public sealed record Cells(string Name, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values, IReadOnlyList<IReadOnlyList<double>> Shades) : Series(Name)
{
    /// <summary>The name of each row, the first on top.</summary>
    public IReadOnlyList<string> Rows { get; } = Rows.ToArray();

    /// <summary>The name of each column.</summary>
    public IReadOnlyList<string> Columns { get; } = Columns.ToArray();

    /// <summary>The numbers, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Values { get; } = Values.Select(row => row.ToArray()).ToArray();

    /// <summary>The strength of each cell's colour from 0 to 1, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Shades { get; } = Shades.Select(row => row.ToArray()).ToArray();
}

/// <summary>A straight line across the panel at one value of an axis.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="At">The value.</param>
/// <param name="IsVertical">Whether the value is one of the horizontal axis.</param>
public sealed record Rule(string Name, double At, bool IsVertical) : Series(Name);
