using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>How often predictions are right by the probability that the model gives them.</summary>
/// <remarks>Guo et al., On calibration of modern neural networks (2017): reliability diagram and expected calibration
/// error over ten bins of the predicted class's probability.</remarks>
internal sealed class CalibrationPlot : PlotKind
{
    private const int Bins = 10;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => false;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (model, data) = Measured(input);
        var (probabilities, targets) = SampleScores.OfClasses(model, data, cancel);
        var sure = probabilities.Select(row => row.Max()).ToArray();
        var right = probabilities.Select((row, i) => Array.IndexOf(row, sure[i]) == targets[i]).ToArray();
        var bins = Enumerable.Range(0, sure.Length).GroupBy(i => Math.Min(Bins - 1, (int)(sure[i] * Bins)))
            .OrderBy(bin => bin.Key).Select(bin => (Sure: bin.Average(i => sure[i]),
                Right: bin.Average(i => right[i] ? 1.0 : 0), Count: bin.Count())).ToArray();
        var error = bins.Sum(bin => bin.Count * Math.Abs(bin.Sure - bin.Right)) / Math.Max(1, sure.Length);
        var edges = Enumerable.Range(0, Bins + 1).Select(i => i / (double)Bins).ToArray();
        var counts = new double[Bins];
        foreach (var value in sure)
            counts[Math.Min(Bins - 1, (int)(value * Bins))]++;
        var axis = new Axis("Probability of the predicted class") { Minimum = 0, Maximum = 1 };
        return new Figure($"Calibration: {data.Name}, expected calibration error {error:0.000}",
        [
            new Panel
            {
                X = axis,
                Y = new Axis("Share of right predictions") { Minimum = 0, Maximum = 1.02 },
                Series =
                [
                    new Line("perfect", [0, 1], [0, 1]) { Colour = 6, IsDashed = true },
                    new Line("model", Of(bin => bin.Sure), Of(bin => bin.Right)),
                    new Points("", Of(bin => bin.Sure), Of(bin => bin.Right)) { Size = 8 },
                ],
            },
            new Panel
            {
                X = axis,
                Y = new Axis("Samples"),
                Series = [new Histogram("samples", edges, counts)],
            },
        ]);

        double[] Of(Func<(double Sure, double Right, int Count), double> value) => bins.Select(value).ToArray();
    }
}
