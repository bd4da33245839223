using System.Collections.Concurrent;
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

            Replace(beside, path);
        }
        finally
        {
            TryDelete(beside);
            Writing.TryRemove(beside, out _);
        }
    }

    /// <summary>
    /// Gives a file the name of another one, which it replaces. On Windows too the other one may be open, if its reader
    /// lets it be deleted; one that is open otherwise is tried again for a second.
    /// </summary>
    public static void Replace(string from, string to) => FileInUse.Retry(() =>
    {
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            && OperatingSystem.IsWindows() && File.Exists(to))
        {
            // Windows moves no file over an open one; ReplaceFile renames that one first.
            File.Replace(from, to, destinationBackupFileName: null, ignoreMetadataErrors: true);
        }
    });

    /// <summary>Deletes a file if it exists and no program keeps it from being deleted.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
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
        return id == Environment.ProcessId || !RunningProcess.WasThere(id, file.LastWriteTimeUtc);
    }
}
