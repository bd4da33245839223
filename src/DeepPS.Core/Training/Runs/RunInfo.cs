using System.Globalization;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>A run as its directory describes it.</summary>
public sealed class RunInfo
{
    private readonly JsonObject run;
    private readonly IReadOnlyList<KeyValuePair<string, string>> lastEpoch;
    private readonly JsonObject? test;

    internal RunInfo(string path, JsonObject run, JsonObject? end,
        IReadOnlyList<KeyValuePair<string, string>> lastEpoch, JsonObject? test = null)
    {
        this.test = test;
        Path = path;
        this.run = run;
        this.lastEpoch = lastEpoch;
        Model = run.Text("name");
        Started = Time(run, "started");
        Ended = end is null ? null : Time(end, "ended");
        Reason = end?.TextOrNull("reason");
        ProcessId = run.Whole("process");
        Machine = run.Text("machine");
        // A process that started after the run did is another one with the same id.
        var begun = run.ContainsKey("begun") ? Time(run, "begun") : Started;
        State = end is not null ? end.Name<TrainingEnd>("end").ToString() : IsAlive(begun) ? Running : "Interrupted";
    }

    /// <summary>Makes a run whose record is damaged.</summary>
    /// <param name="path">Its directory.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="run">What can be read of its description.</param>
    internal RunInfo(string path, string problem, JsonObject run)
    {
        (Path, Reason, State, Machine) = (path, problem, Damaged, "");
        this.run = run;
        lastEpoch = [];
        Model = run["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : "";
        Started = Directory.GetCreationTime(path);
    }

    /// <summary>The state of a run that has not ended.</summary>
    internal const string Running = "Running";

    /// <summary>The state of a run whose record cannot be read.</summary>
    internal const string Damaged = "Damaged";

    /// <summary>The run's directory.</summary>
    public string Path { get; }

    /// <summary>The directory's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>
    /// <c>Running</c>, <c>Interrupted</c> (its process ended without a reason), or how it ended: <c>Finished</c>,
    /// <c>StoppedEarly</c>, <c>Preempted</c>, <c>Cancelled</c>, <c>Failed</c>; <c>Damaged</c>: its record cannot be
    /// read.
    /// </summary>
    public string State { get; }

    /// <summary>Why it ended, if it was stopped; what is wrong with a damaged record.</summary>
    public string? Reason { get; }

    /// <summary>When it began; if the record is damaged, when its directory was made.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; }

    /// <summary>The id of the process that runs it, or ran it last.</summary>
    public int ProcessId { get; }

    /// <summary>The machine of that process.</summary>
    public string Machine { get; }

    /// <summary>The number of finished epochs.</summary>
    public int Epochs => lastEpoch.Count > 0
        && int.TryParse(lastEpoch[0].Value, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;

    /// <summary>The values of the last epoch: losses, metrics, learning rate.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> Values() => lastEpoch.Skip(1)
        .Select(pair => KeyValuePair.Create(pair.Key,
            double.TryParse(pair.Value, CultureInfo.InvariantCulture, out var value) ? value : (double?)null))
        .ToArray();

    /// <summary>The records of all finished epochs.</summary>
    public IReadOnlyList<EpochRecord> History() => new RunDirectory(Path).Epochs();

    /// <summary>The values that Measure-DlModel measured last with the run's model, such as <c>TestAccuracy</c>; empty
    /// if it has not.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> TestValues() => (test?["values"] as JsonObject ?? [])
        .Select(pair => KeyValuePair.Create($"Test{pair.Key}", (double?)pair.Value)).ToArray();

    /// <summary>The name of the data that it was measured on; null if it was not.</summary>
    public string? TestData => (string?)test?["data"];

    /// <summary>Deletes the run's directory with all files and checkpoints, or nothing of it.</summary>
    /// <exception cref="DlException"><c>RunInUse</c>: a file is open in another program, or the directory may not be
    /// changed.</exception>
    public void Remove()
    {
        try
        {
            new RunDirectory(Path).Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("RunInUse", DlErrorKind.NotAvailable,
                $"Run '{Name}' cannot be removed from '{Path}': {e.Message.TrimEnd('.')}. Close the programs that have "
                + "its files open, and check that you may delete there.", this, e);
        }
    }

    /// <summary>Adds what was measured with a model to the record of its run.</summary>
    /// <param name="path">The run's directory.</param>
    /// <param name="evaluation">The measured values.</param>
    /// <exception cref="DlException"><c>NotARun</c>: there is no record; <c>RunNotWritable</c>.</exception>
    public static void AddTest(string path, Evaluation evaluation)
    {
        var directory = new RunDirectory(path);
        if (directory.Started() is null)
            throw new DlException("NotARun", DlErrorKind.NotFound,
                $"'{path}' is not the directory of a run. Get-DlRun lists the runs with their paths.", path);
        var values = evaluation.Metrics().Prepend(new("Loss", evaluation.Loss)).Prepend(new("Count", evaluation.Count))
            .Concat(evaluation.DecisionThreshold() is { } threshold ? [new("Threshold", threshold)]
                : Array.Empty<KeyValuePair<string, double>>());
        try
        {
            directory.Test(new JsonObject
            {
                ["data"] = evaluation.Dataset,
                ["measured"] = DateTimeOffset.Now.ToString("O", CultureInfo.InvariantCulture),
                // JSON has no NaN or infinity.
                ["values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key,
                    double.IsFinite(value.Value) ? (JsonNode?)value.Value : null))),
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("RunNotWritable", DlErrorKind.NotAvailable,
                $"The results cannot be written to the record of the run, '{path}': {e.Message.TrimEnd('.')}. "
                + "Free disk "
                + "space, or use -NoRecord.", path, e);
        }
    }

    /// <summary>Settings by name, each on one line: those of the training, the layers and the data.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings()
    {
        var settings = new List<KeyValuePair<string, string>>();
        Flatten("", run["settings"], settings);
        foreach (var (i, layer) in (run["layers"] as JsonArray ?? []).Index())
            Flatten($"Layer{i + 1}", layer, settings);
        Flatten("Data", run["data"], settings);
        Flatten("", run["versions"], settings);
        Flatten("", run["facts"], settings);
        if (run["device"] is { } device)
            settings.Add(new("RanOn", device.ToString()));
        return settings.DistinctBy(setting => setting.Key).ToArray();
    }

    /// <summary>The runs in a folder, the oldest first, each in its own directory.</summary>
    /// <param name="folder">The folder, or the directory of one run.</param>
    public static IEnumerable<RunInfo> In(string folder)
    {
        if (new RunDirectory(folder).Read() is { } alone)
            return [alone];
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(path => new RunDirectory(path).Read()).OfType<RunInfo>()
                .OrderBy(run => run.Started)
            : [];
    }

    /// <summary>The names of the settings that differ between runs.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<RunInfo> runs)
    {
        var settings = runs.Select(run => run.Settings().ToDictionary()).ToArray();
        return settings.SelectMany(each => each.Keys).Distinct()
            .Where(name => settings.Select(each => each.GetValueOrDefault(name)).Distinct().Count() > 1).ToArray();
    }

    /// <summary>Name, state and epochs on one line.</summary>
    public override string ToString() => $"{Name}: {State}, {Epochs} epochs";

    private static void Flatten(string name, JsonNode? node, List<KeyValuePair<string, string>> into)
    {
        if (node is JsonArray list && list.Any(element => element is JsonObject or JsonArray))
        {
            foreach (var (i, element) in list.Index())
                Flatten($"{name}{i + 1}", element, into);
            return;
        }

        if (node is not JsonObject values)
        {
            if (name.Length > 0)
                into.Add(new(name, node switch
                {
                    null => "",
                    JsonArray all => string.Join(", ", all.Select(element => element?.ToString() ?? "")),
                    _ => node.Write().Trim('"'),
                }));
            return;
        }

        // A catalog item is its type under its own name, and each setting under both names.
        foreach (var (key, value) in values)
            Flatten(key == "type" && name.Length > 0 ? name
                : name + (key.Length == 0 ? "" : char.ToUpperInvariant(key[0]) + key[1..]), value, into);
    }

    private static DateTimeOffset Time(JsonObject json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, out var time) ? time
            : throw SafeJson.Wrong(json.Need(name), "a date and a time");

    private bool IsAlive(DateTimeOffset begun) => Machine != Environment.MachineName
        || RunningProcess.WasThere(ProcessId, begun.UtcDateTime.AddMinutes(1));
}
