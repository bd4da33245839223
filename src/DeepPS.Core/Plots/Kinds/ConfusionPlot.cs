using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Objectives;

namespace DeepPS.Plots;

/// <summary>A confusion matrix: rows are true classes, columns predicted ones, colours shares of the row.</summary>
internal sealed class ConfusionPlot : PlotKind
{
    /// <inheritdoc/>
    public override bool Suits(PlotInput input) =>
        input.Data is not null && input.Model is { Plan.Label.Kind: LabelKind.Class }
        || input.Items is [Evaluation evaluation] && evaluation.Matrix() is not null;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        if (input.Items is [Evaluation measured] && measured.Matrix() is { } known)
            return Of(measured.Dataset, known);
        var (model, data) = input is { Model: not null, Data: not null } ? Measured(input)
            : throw Refused(input, "an evaluation of Measure-DlModel -Metric ConfusionMatrix, or a model and data: "
                + "$model | Show-DlPlot -Data $split -Kind Confusion");
        if (model.Trained().Plan.Label!.Kind is not LabelKind.Class)
            throw Refused(input, "a model of a class label");
        var evaluation = Evaluator.Measure(model, data, metrics: [new ConfusionMatrix()], cancel: cancel);
        return Of(data.Name, evaluation.Matrix()!);
    }

    private static Figure Of(string name, IReadOnlyList<ConfusionMatrixRow> matrix)
    {
        var counts = matrix.Select(row => (IReadOnlyList<double>)row.Predicted()
            .Select(count => (double)count.Value).ToArray()).ToArray();
        var (all, right) = (counts.Sum(row => row.Sum()), counts.Select((row, i) => row[i]).Sum());
        return new Figure($"Confusion matrix: {name}, {right / Math.Max(1, all):P1} of {all:N0} right",
        [
            new Panel
            {
                X = new Axis("Predicted class"),
                Y = new Axis("True class"),
                Series =
                [
                    new Cells("samples", matrix.Select(row => row.Class).ToArray(),
                        matrix[0].Predicted().Select(count => count.Key).ToArray(), counts,
                        counts.Select(row => (IReadOnlyList<double>)row.Select(count => count / Math.Max(1, row.Sum()))
                            .ToArray()).ToArray()),
                ],
            },
        ]);
    }
}
