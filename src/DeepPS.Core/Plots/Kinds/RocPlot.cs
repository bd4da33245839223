namespace DeepPS.Plots;

/// <summary>The receiver operating characteristic: true against false positives at every threshold.</summary>
internal sealed class RocPlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => false;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (_, data) = Measured(input);
        var series = new List<Series> { new Line("chance", [0, 1], [0, 1]) { Colour = 6, IsDashed = true } };
        foreach (var (i, curve) in ClassCurves.Of(input, cancel).Index())
        {
            var places = curve.Places().ToArray();
            series.Add(new Line($"{curve.Name}, area {curve.RocArea():0.000}",
                [0, .. places.Select(at => curve.Falses[at] / (curve.Count - curve.Positives))],
                [0, .. places.Select(at => curve.Hits[at] / curve.Positives)])
            { Colour = i < 6 ? i : i + 1 });
        }

        return new Figure($"ROC: {data.Name}",
        [
            new Panel
            {
                X = new Axis("False positive rate") { Minimum = 0, Maximum = 1 },
                Y = new Axis("True positive rate") { Minimum = 0, Maximum = 1.02 },
                Series = series,
            },
        ]);
    }
}
