using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>The files of one run.</summary>
/// <param name="path">The run's directory.</param>
internal sealed class RunDirectory(string path)
{
    private const string RunFile = "run.json";
    private const string EndFile = "end.json";
    private const string TestFile = "test.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly EpochTable epochs = new(Path.Combine(path, "epochs.csv"));
    private readonly LineFile log = new(Path.Combine(path, "log.txt"));

    /// <summary>A name for a new run, unique in its folder, also when several processes start runs at once.</summary>
    public static string NewName(string model) => string.Create(CultureInfo.InvariantCulture,
        $"{DateTime.Now:yyyyMMdd-HHmmss}-{Safe(model)}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>Creates the directory if it does not exist.</summary>
    public void Make() => Directory.CreateDirectory(path);

    /// <summary>The time at which the run began; null if it has not begun.</summary>
    public string? Started() => (string?)ReadJson(RunFile)?["started"];

    /// <summary>Writes the description of the run, which counts as running from now on.</summary>
    public void Begin(JsonObject run)
    {
        Write(RunFile, run);
        File.Delete(Path.Combine(path, EndFile));
        File.Delete(Path.Combine(path, TestFile));
    }

    /// <summary>Writes how the run ended.</summary>
    public void End(JsonObject end) => Write(EndFile, end);

    /// <summary>Writes what was measured with the run's model.</summary>
    public void Test(JsonObject test) => Write(TestFile, test);

    /// <summary>Deletes the epochs of an earlier run in this directory.</summary>
    public void ClearEpochs() => epochs.Clear();

    /// <summary>The number of the last epoch that has a complete line, or 0. An incomplete line is cut off.</summary>
    public int LastEpoch() => epochs.LastEpoch();

    /// <summary>Appends an epoch's line; the first one follows a header.</summary>
    public void Add(EpochRecord record) => epochs.Add(record);

    /// <summary>Appends a line with the time to the log.</summary>
    public void Log(string text) =>
        log.Append(string.Create(CultureInfo.InvariantCulture,
            $"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz} {text}\n"));

    /// <summary>Reads the run, also while it is running; null if the directory is not that of a run.</summary>
    public RunInfo? Read()
    {
        if (ReadJson(RunFile) is not JsonObject run)
            return null;
        try
        {
            return new RunInfo(path, run, ReadJson(EndFile) as JsonObject, epochs.LastValues(),
                ReadJson(TestFile) as JsonObject);
        }
        catch (Exception e)
            when (e is NullReferenceException or ArgumentException or FormatException or InvalidOperationException)
        {
            // Another program's run.json.
            return null;
        }
    }

    private JsonNode? ReadJson(string name)
    {
        using var stream = SharedFile.OpenRead(Path.Combine(path, name));
        try
        {
            return stream is null ? null : JsonNode.Parse(stream);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(string name, JsonObject json) =>
        AtomicFile.Write(Path.Combine(path, name), stream => JsonSerializer.Serialize(stream, json, Indented));

    private static string Safe(string name) =>
        new(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-').Take(40).ToArray());
}
