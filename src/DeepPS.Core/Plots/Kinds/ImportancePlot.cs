namespace DeepPS.Plots;

/// <summary>Bars of the importance of columns, the most important on top: rows with Column, Importance and, optional,
/// Deviation.</summary>
internal sealed class ImportancePlot : PlotKind
{
    private const string Column = "Column", Importance = "Importance", Deviation = "Deviation";
    private const int MostBars = 40;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input.Rows(Column, Importance) is not null;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var rows = input.Rows(Column, Importance) ?? throw Refused(input, "rows with Column and Importance");
        var bars = rows.Select(row => (Name: $"{row[Column]}", Value: Number(row, Importance),
                Deviation: row.ContainsKey(Deviation) ? Number(row, Deviation) : double.NaN))
            .OrderByDescending(bar => bar.Value).Take(MostBars).ToArray();
        return new Figure("Importance of columns" + (rows.Count > MostBars ? $": the first {MostBars}" : ""),
        [
            new Panel
            {
                X = new Axis("Importance"),
                Y = new Axis("Column"),
                Series =
                [
                    new Bars("importance", bars.Select(bar => bar.Name).ToArray(),
                        bars.Select(bar => bar.Value).ToArray())
                    {
                        Deviations = bars.Any(bar => double.IsFinite(bar.Deviation))
                            ? bars.Select(bar => bar.Deviation).ToArray() : [],
                    },
                ],
            },
        ]);
    }
}
