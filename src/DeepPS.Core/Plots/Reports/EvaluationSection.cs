using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>The section of a report with a model's results on data.</summary>
internal static class EvaluationSection
{
    private const int MostClassesOfRoc = 10, MostClassesOfMatrix = 40;

    /// <summary>Loss and metrics, and the plots that suit the label.</summary>
    public static ReportSection Of(Model model, Dataset data, CancellationToken cancel)
    {
        var (_, plan, loss) = model.Trained();
        var evaluation = Evaluator.Measure(model, data, cancel: cancel);
        var values = evaluation.Metrics().Prepend(KeyValuePair.Create("Loss", evaluation.Loss));
        var parts = new List<ReportPart>
        {
            new ReportText($"{evaluation.Dataset}: {evaluation.Count:N0} samples"
                + (evaluation.DecisionThreshold() is { } threshold ? $", threshold {threshold:0.000}." : ".")),
            new ReportTable(["Metric", "Value"], values.Select(pair => (IReadOnlyList<string>)
                [pair.Key, pair.Value.ToString("G5", CultureInfo.CurrentCulture)]).ToArray()),
        };
        var input = new PlotInput { Items = [model], Model = model, Data = data };
        foreach (var kind in Kinds(plan, loss.GivesProbabilities))
            parts.Add(new ReportDrawing(kind.Draw(input, cancel)));
        return new ReportSection("Evaluation", parts);
    }

    private static IEnumerable<PlotKind> Kinds(DataPlan plan, bool hasProbabilities)
    {
        var label = plan.Label!;
        if (plan.Series is not null)
            return label.IsInput ? [] : [new ForecastPlot()];
        if (label.Kind is LabelKind.Number)
            return label is { IsInput: false, Shape.Size: 1 } ? [new ResidualPlot()] : [];
        if (label.Kind is not LabelKind.Class)
            return [];
        var kinds = new List<PlotKind>();
        if (label.Classes.Count <= MostClassesOfMatrix)
            kinds.Add(new ConfusionPlot());
        if (hasProbabilities && label.Classes.Count <= MostClassesOfRoc)
            kinds.AddRange([new RocPlot(), new PrecisionRecallPlot()]);
        if (hasProbabilities)
            kinds.Add(new CalibrationPlot());
        return kinds;
    }
}
