using DeepPS.Common;
using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>Predicted against true numbers, and the distribution of the errors.</summary>
internal sealed class ResidualPlot : PlotKind
{
    private const int MostPoints = 2000;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input is
    { Data: not null, Model.Plan: { Series: null, Label: { Kind: LabelKind.Number, IsInput: false } } };

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (model, data) = Measured(input);
        var (predictions, targets) = SampleScores.OfNumbers(model, data, cancel);
        if (targets.Length == 0)
            throw Refused(input, "rows with a label");
        var name = model.Trained().Plan.Label!.Name;
        var errors = predictions.Zip(targets, (prediction, target) => prediction - target).ToArray();
        var chosen = targets.Length <= MostPoints ? Enumerable.Range(0, targets.Length).ToArray()
            : Enumerable.Range(0, MostPoints).Select(i => (int)((long)i * targets.Length / MostPoints)).ToArray();
        var (low, high) = (targets.Min(), targets.Max());
        return new Figure($"Residuals: {data.Name}, mean error {errors.Average():G3}, "
            + $"root mean square {Math.Sqrt(errors.Average(error => error * error)):G3}",
        [
            new Panel
            {
                X = new Axis($"True {name}"),
                Y = new Axis($"Predicted {name}"),
                Series =
                [
                    new Points("samples", chosen.Select(i => targets[i]).ToArray(),
                        chosen.Select(i => predictions[i]).ToArray()),
                    new Line("perfect", [low, high], [low, high]) { Colour = 6, IsDashed = true },
                ],
            },
            new Panel
            {
                X = new Axis($"Predicted - true {name}"),
                Y = new Axis("Samples"),
                Series = [Histogram.Of("samples", errors), new Rule("no error", 0, true) { Colour = 6 }],
            },
        ]);
    }
}
