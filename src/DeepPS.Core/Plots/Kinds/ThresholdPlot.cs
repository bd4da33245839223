namespace DeepPS.Plots;

/// <summary>Precision, recall and F1 of the positive class by threshold.</summary>
internal sealed class ThresholdPlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => false;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (model, data) = Measured(input);
        var panels = ClassCurves.Of(input, cancel).Select(curve =>
        {
            var places = curve.Places().ToArray();
            var thresholds = places.Select(at => curve.Thresholds[at]).ToArray();
            double[] Of(Func<int, double> value) => places.Select(value).ToArray();
            var series = new List<Series>
            {
                new Line("precision", thresholds, Of(at => curve.Hits[at] / (curve.Hits[at] + curve.Falses[at]))),
                new Line("recall", thresholds, Of(at => curve.Hits[at] / curve.Positives)) { Colour = 1 },
                new Line("F1", thresholds, Of(at => F1(curve, at))) { Colour = 2 },
            };
            var best = Enumerable.Range(0, curve.Thresholds.Count).MaxBy(at => F1(curve, at));
            series.Add(new Rule($"best F1 {F1(curve, best):0.000} at {curve.Thresholds[best]:0.000}",
                curve.Thresholds[best], true)
            { Colour = 2 });
            if (model.Decision is { Threshold: { } chosen, Positive: var positive } && positive == curve.Name)
                series.Add(new Rule($"the model's threshold: {chosen:0.000}", chosen, true) { Colour = 6 });
            return new Panel
            {
                Title = $"Class {curve.Name}",
                X = new Axis("Threshold") { Minimum = 0, Maximum = 1 },
                Y = new Axis("Precision, recall, F1") { Minimum = 0, Maximum = 1.02 },
                Series = series,
            };
        }).ToArray();
        return new Figure($"Threshold: {data.Name}", panels);
    }

    private static double F1(ClassCurves curve, int at) =>
        2 * curve.Hits[at] / (curve.Hits[at] + curve.Falses[at] + curve.Positives);
}
