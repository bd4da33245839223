namespace DeepPS.Plots;

/// <summary>Precision against recall at every threshold.</summary>
internal sealed class PrecisionRecallPlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => false;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (_, data) = Measured(input);
        var curves = ClassCurves.Of(input, cancel);
        var series = curves.Select((curve, i) => (Series)new Line(
            $"{curve.Name}, average precision {curve.AveragePrecision():0.000}",
            curve.Places().Select(at => curve.Hits[at] / curve.Positives).ToArray(),
            curve.Places().Select(at => curve.Hits[at] / (curve.Hits[at] + curve.Falses[at])).ToArray())
        {
            Colour = i,
        }).ToList();
        if (curves.Count == 1)
            series.Add(new Rule("chance", curves[0].Positives / (double)curves[0].Count, false) { Colour = 6 });
        return new Figure($"Precision and recall: {data.Name}",
        [
            new Panel
            {
                X = new Axis("Recall") { Minimum = 0, Maximum = 1 },
                Y = new Axis("Precision") { Minimum = 0, Maximum = 1.02 },
                Series = series,
            },
        ]);
    }
}
