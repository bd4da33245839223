using DeepPS.Search;

namespace DeepPS.Plots;

/// <summary>The loss of a sweep by learning rate, with the suggested rate.</summary>
internal sealed class LearningRatePlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input.Are<LearningRateSweep>();

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        if (!input.Are<LearningRateSweep>())
            throw Refused(input, "the result of Find-DlLearningRate");
        return new Figure("Learning rate sweep", input.Items.Cast<LearningRateSweep>().Select(PanelOf).ToArray());
    }

    private static Panel PanelOf(LearningRateSweep sweep)
    {
        var rates = sweep.Curve.Select(point => point.LearningRate).ToArray();
        var smoothed = sweep.Curve.Select(point => point.SmoothedLoss).ToArray();
        // The last steps diverge; the curve is seen best without the top of their loss.
        var first = smoothed[..Math.Max(1, smoothed.Length / 2)].Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var lowest = smoothed.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        return new Panel
        {
            X = new Axis("Learning rate") { IsLog = true },
            Y = new Axis("Loss")
            {
                Minimum = lowest - 0.1 * (first - lowest),
                Maximum = first + 0.3 * (first - lowest),
            },
            Series =
            [
                new Points("loss of a batch", rates, sweep.Curve.Select(point => point.Loss).ToArray())
                {
                    Colour = 5, Size = 4,
                },
                new Line("smoothed loss", rates, smoothed),
                new Rule($"suggestion: {sweep.Suggestion:G3}", sweep.Suggestion, true) { Colour = 1 },
                new Rule($"minimum: {sweep.Minimum:G3}", sweep.Minimum, true) { Colour = 6 },
            ],
        };
    }
}
