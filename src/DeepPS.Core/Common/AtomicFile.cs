using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DeepPS.Common;

/// <summary>
/// Writes files atomically: a reader, or a crash, sees the old file or the new one. What a killed process left beside
/// a file is removed when the file is written again.
/// </summary>
internal static class AtomicFile
{
    private const string Unfinished = ".tmp";

    /// <summary>After this time a temporary file of another machine counts as left.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    private static readonly ConcurrentDictionary<string, bool> Writing = new();

    /// <summary>Writes a temporary file beside it, flushes it to disk and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        RemoveLeft(path);
        var beside = PathBeside(path, Environment.ProcessId, Guid.NewGuid().ToString("N")[..8]);
        Writing[beside] = true;
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
            Writing.TryRemove(beside, out _);
        }
    }

    /// <summary>The temporary file of a process, which its name identifies.</summary>
    internal static string PathBeside(string path, int process, string number) => Path.Combine(
        Path.GetDirectoryName(path)!,
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(path)}{Machine}-{process}-{number}{Unfinished}"));

    private static string Prefix(string path) => $".{Path.GetFileName(path)}.";

    /// <summary>Identifies this machine, since a folder may be shared: FNV-1a of its name, which is short.</summary>
    private static string Machine { get; } = Environment.MachineName
        .Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u)
        .ToString("x8", CultureInfo.InvariantCulture);

    private static void RemoveLeft(string path)
    {
        try
        {
            var files = new DirectoryInfo(Path.GetDirectoryName(path)!)
                .EnumerateFiles(Prefix(path) + "*" + Unfinished, new EnumerationOptions { AttributesToSkip = 0 });
            foreach (var file in files.Where(file => !Writing.ContainsKey(file.FullName) && IsLeft(path, file)))
                file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The write itself reports what is wrong with the folder; a file that cannot be removed does no harm.
        }
    }

    private static bool IsLeft(string path, FileInfo file)
    {
        // The name without its beginning and end: machine, process, number; up to version 0.1 only a number.
        var parts = file.Name[Prefix(path).Length..^Unfinished.Length].Split('-');
        if (parts.Length != 3 || parts[0] != Machine
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return parts.Length is 1 or 3 && parts[0].All(char.IsAsciiHexDigit)
                && DateTime.UtcNow - file.LastWriteTimeUtc > LongestWrite;
        if (id == Environment.ProcessId)
            return true;
        try
        {
            using var process = Process.GetProcessById(id);
            // A process that began after the file was written last is another one with the same id.
            return process.HasExited || process.StartTime.ToUniversalTime() > file.LastWriteTimeUtc;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Another user's process, or one that ends just now.
            return false;
        }
    }
}
