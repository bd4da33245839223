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
    private const string EpochsFile = "epochs.csv";
    private const string LogFile = "log.txt";

    /// <summary>More bytes than the description of any run has.</summary>
    private const int LargestFile = 1 << 26;

    /// <summary>Names of which another program's run.json has none.</summary>
    private static readonly string[] OurNames = ["started", "process", "machine"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        MaxDepth = SafeJson.MostDepth,
    };

    private readonly EpochTable epochs = new(Path.Combine(path, EpochsFile));
    private readonly LineFile log = new(Path.Combine(path, LogFile));

    /// <summary>A name for a new run, unique in its folder, also when several processes start runs at once.</summary>
    public static string NewName(string model) => string.Create(CultureInfo.InvariantCulture,
        $"{DateTime.Now:yyyyMMdd-HHmmss}-{Safe(model)}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>Creates the directory if it does not exist.</summary>
    public void Make() => Directory.CreateDirectory(path);

    /// <summary>Deletes the directory with everything in it, or nothing of it if that cannot be done.</summary>
    /// <exception cref="IOException">A file in it is open (Windows), or another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be changed, or as before.</exception>
    public void Remove()
    {
        // Windows does not delete a file that is open, and the files before it would be gone by then.
        if (OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
                FileInUse.Retry(() => File.Open(file, FileMode.Open, FileAccess.Read, FileShare.None).Dispose());
        var aside = $"{Path.TrimEndingDirectorySeparator(path)}.removed-{Guid.NewGuid():N}";
        FileInUse.Retry(() => Directory.Move(path, aside));
        FileInUse.Retry(() => Directory.Delete(aside, recursive: true));
    }

    /// <summary>The time at which the run began; null if it has not begun, or its record is damaged.</summary>
    public string? Started()
    {
        try
        {
            return ReadJson(RunFile)?.TextOrNull("started");
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Writes the description of the run, which counts as running from now on.</summary>
    public void Begin(JsonObject run)
    {
        Write(RunFile, run);
        FileInUse.Retry(() => File.Delete(Path.Combine(path, EndFile)));
        FileInUse.Retry(() => File.Delete(Path.Combine(path, TestFile)));
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

    /// <summary>All epochs of the run so far.</summary>
    public IReadOnlyList<EpochRecord> Epochs() => epochs.Records();

    /// <summary>Appends a line with the time to the log.</summary>
    public void Log(string text) =>
        log.Append(string.Create(CultureInfo.InvariantCulture,
            $"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz} {text}\n"));

    /// <summary>
    /// Reads the run, also while it is running; null if the directory is not that of a run. A damaged record gives a
    /// run in the state <see cref="RunInfo.Damaged"/>.
    /// </summary>
    public RunInfo? Read()
    {
        JsonObject? run = null;
        try
        {
            run = ReadJson(RunFile);
            if (run is not null && !OurNames.Any(run.ContainsKey))
                return null;
            return new RunInfo(path, run ?? throw new InvalidDataException($"{RunFile} is missing"),
                ReadJson(EndFile), epochs.LastValues(), ReadJson(TestFile));
        }
        catch (InvalidDataException e)
        {
            // Without a description that can be read, the other files tell whether it is a run at all.
            return run is null && !(HasFile(EpochsFile) && HasFile(LogFile)) ? null
                : new RunInfo(path, e.Message, run ?? []);
        }
    }

    private bool HasFile(string name) => File.Exists(Path.Combine(path, name));

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    private JsonObject? ReadJson(string name)
    {
        using var stream = SharedFile.OpenRead(Path.Combine(path, name));
        if (stream is null)
            return HasFile(name) ? throw new InvalidDataException($"{name} cannot be opened") : null;
        if (stream.Length > LargestFile)
            throw new InvalidDataException($"{name} has {stream.Length:N0} bytes, more than any record");
        var bytes = new byte[stream.Length];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        try
        {
            return SafeJson.Parse(bytes.AsSpan(0, count));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name} cannot be read: {e.Message}", e);
        }
    }

    private void Write(string name, JsonObject json) =>
        AtomicFile.Write(Path.Combine(path, name), stream => JsonSerializer.Serialize(stream, json, Indented));

    private static string Safe(string name) =>
        new(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-').Take(40).ToArray());
}
