using System.Globalization;
using System.Runtime.InteropServices;
using DeepPS.Training;

namespace DeepPS.Plots;

/// <summary>The sections of a report that a run's record gives.</summary>
internal static class RunSections
{
    /// <summary>The results and the settings of a run.</summary>
    public static ReportSection Settings(RunInfo run) => new("Run",
    [
        new ReportTable(["Run", "State", "Began", "Ended", "Epochs"],
        [
            [
                run.Name, run.State + (run.Reason is { } reason ? $": {reason}" : ""),
                $"{run.Started:yyyy-MM-dd HH:mm}", $"{run.Ended:yyyy-MM-dd HH:mm}", $"{run.Epochs}",
            ],
        ]),
        new ReportTable(["Result", "Value"], Results(run).Select(pair => (IReadOnlyList<string>)
            [pair.Key, Number(pair.Value)]).ToArray()),
        new ReportTable(["Setting", "Value"], run.Settings().Where(pair => pair.Value.Length > 0)
            .Select(pair => (IReadOnlyList<string>)[pair.Key, pair.Value]).ToArray()),
    ]);

    /// <summary>Several runs side by side: results, the settings that differ, curves.</summary>
    public static IReadOnlyList<ReportSection> Comparison(IReadOnlyList<RunInfo> runs)
    {
        var results = runs.Select(run => Results(run).ToDictionary()).ToArray();
        var names = results.SelectMany(result => result.Keys).Distinct().ToArray();
        var settings = runs.Select(run => run.Settings().DistinctBy(pair => pair.Key).ToDictionary()).ToArray();
        var different = RunInfo.Differences(runs);
        var withEpochs = runs.Where(run => run.History().Count > 0).ToArray();
        return
        [
            new ReportSection("Results", [Table("Result", names, (run, name) =>
                Number(results[run].GetValueOrDefault(name)))]),
            new ReportSection("Settings that differ", [Table("Setting", different, (run, name) =>
                settings[run].GetValueOrDefault(name) ?? "")]),
            new ReportSection("Training", withEpochs.Length == 0 ? [] :
                [new ReportDrawing(new LearningCurvePlot().Draw(new PlotInput { Items = withEpochs }))]),
            Environment(null),
        ];

        ReportTable Table(string heading, IReadOnlyList<string> rows, Func<int, string, string> cell) => new(
            [heading, .. runs.Select(run => run.Name)],
            rows.Select(row => (IReadOnlyList<string>)
                [row, .. Enumerable.Range(0, runs.Count).Select(run => cell(run, row))]).ToArray());
    }

    /// <summary>Versions and the machine.</summary>
    public static ReportSection Environment(RunInfo? run) => new("Environment",
    [
        new ReportTable(["", ""],
        [
            ["DeepPS", typeof(RunSections).Assembly.GetName().Version!.ToString(3)],
            ["TorchSharp", typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)],
            ["Runtime", RuntimeInformation.FrameworkDescription],
            ["System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"],
            ["Processors", $"{System.Environment.ProcessorCount}"],
            .. run is null ? Array.Empty<IReadOnlyList<string>>() : [["Machine of the run", run.Machine]],
        ]),
    ]);

    private static IEnumerable<KeyValuePair<string, double?>> Results(RunInfo run) =>
        run.Values().Concat(run.TestValues()).DistinctBy(pair => pair.Key);

    private static string Number(double? value) => value?.ToString("G5", CultureInfo.CurrentCulture) ?? "";
}
