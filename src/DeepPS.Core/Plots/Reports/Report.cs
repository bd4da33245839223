using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>Writes a report of a model or of runs as one HTML file.</summary>
public static class Report
{
    private const int MostBoxes = 60;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">What it is about.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NothingToReport</c>: there is neither a model nor a run; the data does not fit
    /// the model.</exception>
    public static void Write(string path, ReportInput input, CancellationToken cancel = default)
    {
        if (input.Model is null && input.Runs.Count == 0)
            throw new DlException("NothingToReport", DlErrorKind.InvalidArgument,
                "A report needs a model or runs. Pipe in a model, or the runs of Get-DlRun.");
        var name = input.Model?.Name ?? (input.Runs.Count == 1 ? input.Runs[0].Name : $"{input.Runs.Count} runs");
        var sections = input.Model is null && input.Runs.Count > 1 ? RunSections.Comparison(input.Runs)
            : Sections(input, cancel);
        ReportPage.Write(path, input.Title ?? $"Report: {name}", sections.Where(section => section.Parts.Count > 0)
            .ToArray());
    }

    private static List<ReportSection> Sections(ReportInput input, CancellationToken cancel)
    {
        var sections = new List<ReportSection>();
        var run = input.Runs.Count > 0 ? input.Runs[0] : null;
        if (input.Model is { } model)
            sections.Add(Network(model));
        if (run is not null)
            sections.Add(RunSections.Settings(run));
        if (input.Split is { } split)
            sections.Add(Columns(ColumnSummary.Of(split), split.ToString()));
        else if (input.Data is { } data)
            sections.Add(Columns(ColumnSummary.Of(data), data.ToString()));
        else if (input.Model?.Plan is { } plan)
            sections.Add(Columns(ColumnSummary.Of(plan), plan.ToString()));
        object? trained = run is not null ? run : input.Model is { History.Count: > 0 } ? input.Model : null;
        if (trained is not null && (run is null || run.History().Count > 0))
            sections.Add(new ReportSection("Training",
                [new ReportDrawing(new LearningCurvePlot().Draw(new PlotInput { Items = [trained] }, cancel))]));
        if (input is { Model: { } measured, Data: { } tests })
        {
            sections.Add(EvaluationSection.Of(measured, tests, cancel));
            sections.Add(WrongSamples.Of(measured, tests, cancel));
        }

        if (input.Importance.Count > 0)
            sections.Add(new ReportSection("Importance",
                [new ReportDrawing(new ImportancePlot().Draw(new PlotInput { Items = input.Importance }, cancel))]));
        sections.Add(RunSections.Environment(run));
        return sections;
    }

    private static ReportSection Network(Model model)
    {
        var parts = new List<ReportPart>
        {
            new ReportText($"{model.ParameterCount:N0} parameters, {model.Depth} layers with weights, trained for "
                + $"{model.History.Count} epochs"
                + (model.Loss is { } loss ? $" with loss {loss.Entry.Name}." : ".")),
            new ReportTable(["Layer", "Type", "Output", "Parameters", "Settings"],
                model.Summary().Select(row => (IReadOnlyList<string>)
                [
                    row.Name, row.Type, row.OutputShape ?? "", $"{row.Parameters:N0}",
                    row.Settings + (row.From.Length > 0 ? $" from {row.From}" : ""),
                ]).ToArray()),
        };
        if (model.Network is not null && NetworkDiagram.Of(model, 0) is { Boxes.Count: <= MostBoxes } diagram)
            parts.Add(new ReportDrawing(diagram));
        return new ReportSection("Model", parts);
    }

    private static ReportSection Columns(IReadOnlyList<ColumnSummary> columns, string about) => new("Data",
    [
        new ReportText(about),
        new ReportTable(["Column", "Role", "Kind", "Encoder", "Missing", "Values", "Histogram"],
            columns.Select(column => (IReadOnlyList<string>)
            [
                column.Name, $"{column.Role}", column.Kind ?? "", column.Encoder ?? column.Reason ?? "",
                $"{column.Missing:N0}",
                column.Mean is { } mean
                    ? $"{Text(column.Minimum)} to {Text(column.Maximum)}, mean {mean:G4}, "
                        + $"deviation {column.Deviation:G4}"
                    : column.Distinct is { } distinct ? $"{distinct:N0} distinct"
                        + (column.MostCommon is { } common ? $", most often {Cut(common)}" : "")
                    : "",
                column.Histogram ?? "",
            ]).ToArray()),
    ]);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "";

    private static string Cut(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
