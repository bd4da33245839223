using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>Attention of a model of text for the first row: what it looked at to produce each token.</summary>
internal sealed class AttentionPlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) =>
        input is { Data: not null, Model.Plan: { Label.Text: not null, IsLanguageModel: false } };

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var (model, data) = Measured(input);
        var map = AttentionMap.Of(model, data, cancel);
        var values = map.Weights.Select(row => (IReadOnlyList<double>)row.Select(weight => Math.Round(weight, 2))
            .ToArray()).ToArray();
        return new Figure($"Attention: {model.Name}",
        [
            new Panel
            {
                X = new Axis("Input"),
                Y = new Axis("Produced"),
                Series = [new Cells("weight", map.Produced, map.Source, values, map.Weights)],
            },
        ]);
    }
}
