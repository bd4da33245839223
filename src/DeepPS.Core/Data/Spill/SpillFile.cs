using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Files for data that does not fit into memory: without a name where the system allows that, and gone when the process
/// ends.
/// </summary>
internal static class SpillFile
{
    /// <summary>Makes an empty file.</summary>
    /// <exception cref="DlException"><c>SpillFailed</c>: the folder does not exist or is not writable.</exception>
    public static FileStream Create(MemoryBudget budget)
    {
        var folder = budget.Folder ?? Path.GetTempPath();
        var path = Path.Combine(folder, $"deepps-{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
        return Try(folder, () =>
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete,
                0, FileOptions.DeleteOnClose);
            // A file without a name is gone however the process ends. On Windows an open file keeps its name until it
            // is closed.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        });
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="DlException"><c>SpillFailed</c>: the disk is full.</exception>
    public static void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException e)
        {
            throw Failed(Path.GetDirectoryName(file.Name)!, e);
        }
    }

    /// <summary>Flushes written bytes to the system.</summary>
    public static void Flush(FileStream file) => Try(Path.GetDirectoryName(file.Name)!, () =>
    {
        file.Flush();
        return file;
    });

    private static FileStream Try(string folder, Func<FileStream> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(folder, e);
        }
    }

    private static DlException Failed(string folder, Exception inner) => new("SpillFailed", DlErrorKind.NotAvailable,
        $"Data larger than memory cannot be spilled to '{folder}': {inner.Message} "
        + "Free space there, name another folder with -CachePath, or raise -MemoryLimit.", folder, inner);
}
