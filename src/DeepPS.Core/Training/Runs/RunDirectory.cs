using System.Globalization;
using System.Text;
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
    private const string EpochsFile = "epochs.csv";
    private const string EndFile = "end.json";
    private const string LogFile = "log.txt";
    private const int LongestLine = 1 << 16;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A name for a new run in a folder of runs, which no other process takes.</summary>
    public static string NewName(string model) => string.Create(CultureInfo.InvariantCulture,
        $"{DateTime.Now:yyyyMMdd-HHmmss}-{Safe(model)}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>Makes the directory, where it is not there.</summary>
    public void Make() => Directory.CreateDirectory(path);

    /// <summary>When the run began; null: it has not yet.</summary>
    public string? Started() => (string?)ReadJson(RunFile)?["started"];

    /// <summary>Writes what the run is made of. It is under way from now on.</summary>
    public void Begin(JsonObject run)
    {
        Write(RunFile, run);
        File.Delete(Path.Combine(path, EndFile));
    }

    /// <summary>Writes how the run ended.</summary>
    public void End(JsonObject end) => Write(EndFile, end);

    /// <summary>Removes the epochs of a run that was here before.</summary>
    public void ClearEpochs() => File.Delete(Path.Combine(path, EpochsFile));

    /// <summary>The last epoch whose line was written whole; 0 for none. What a crash has left of a line is cut off.</summary>
    public int LastEpoch()
    {
        var file = Path.Combine(path, EpochsFile);
        if (!File.Exists(file))
            return 0;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var text = new StreamReader(stream).ReadToEnd();
        var whole = text.LastIndexOf('\n') + 1;
        if (whole < text.Length)
            stream.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, whole)));
        var last = text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last is not null && int.TryParse(last.AsSpan(0, Math.Max(last.IndexOf(','), 0)), CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
    }

    /// <summary>Adds an epoch's line, behind a header where it is the first.</summary>
    public void Add(EpochRecord record)
    {
        (string Name, double? Value)[] values =
        [
            (nameof(record.Loss), record.Loss), (nameof(record.ValidationLoss), record.ValidationLoss),
            .. record.MetricValues.Select(metric => (metric.Key, (double?)metric.Value)),
            (nameof(record.LearningRate), record.LearningRate), (nameof(record.Seconds), record.Seconds), (nameof(record.SamplesPerSecond), record.SamplesPerSecond),
        ];
        var line = string.Create(CultureInfo.InvariantCulture, $"{record.Epoch},{string.Join(',', values.Select(value => Text(value.Value)))}\n");
        var isNew = new FileInfo(Path.Combine(path, EpochsFile)) is not { Exists: true, Length: > 0 };
        Append(EpochsFile, (isNew ? $"{nameof(record.Epoch)},{string.Join(',', values.Select(value => Quoted(value.Name)))}\n" : "") + line);
    }

    /// <summary>Adds a line to the log.</summary>
    public void Log(string text) => Append(LogFile, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz} {text}\n"));

    /// <summary>The run as it stands, also while it is written; null where the directory is none of a run.</summary>
    public RunInfo? Read()
    {
        if (ReadJson(RunFile) is not JsonObject run)
            return null;
        try
        {
            return new RunInfo(path, run, ReadJson(EndFile) as JsonObject, LastValues());
        }
        catch (Exception e) when (e is NullReferenceException or ArgumentException or FormatException or InvalidOperationException)
        {
            // The file is of something else that calls it so.
            return null;
        }
    }

    /// <summary>The names and the values of the last line that is whole: header and end alone are read, however long the run is.</summary>
    private IReadOnlyList<KeyValuePair<string, string>> LastValues()
    {
        using var stream = Open(EpochsFile);
        if (stream is null)
            return [];
        using var reader = new StreamReader(stream);
        var header = reader.ReadLine();
        stream.Position = Math.Max(0, stream.Length - LongestLine);
        reader.DiscardBufferedData();
        var text = reader.ReadToEnd();
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length < 2 ? [] : Cells(header!).Zip(Cells(lines[^1]), KeyValuePair.Create).ToArray();
    }

    private static IEnumerable<string> Cells(string line)
    {
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        yield return cell.ToString();
    }

    private JsonNode? ReadJson(string name)
    {
        using var stream = Open(name);
        try
        {
            return stream is null ? null : JsonNode.Parse(stream);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A file to read that others may write, rename and remove; null where it cannot be had.</summary>
    private FileStream? Open(string name)
    {
        try
        {
            return new FileStream(Path.Combine(path, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Write(string name, JsonObject json)
    {
        AtomicFile.Write(Path.Combine(path, name), stream => JsonSerializer.Serialize(stream, json, Indented));
    }

    /// <summary>One call of the system for all of a text, so that a crash leaves it whole or not there.</summary>
    private void Append(string name, string text)
    {
        using var stream = new FileStream(Path.Combine(path, name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Text(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string name) => name.Contains(',') || name.Contains('"') ? $"\"{name.Replace("\"", "'")}\"" : name;

    private static string Safe(string name) => new(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-').Take(40).ToArray());
}
