using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Files for data that does not fit into memory: nameless where the system can, gone with the process everywhere.</summary>
internal static class SpillFile
{
    /// <summary>Makes an empty file.</summary>
    /// <exception cref="DlException"><c>SpillFailed</c>: the folder is not there or cannot be written to.</exception>
    public static FileStream Create(MemoryBudget budget)
    {
        var folder = budget.Folder ?? Path.GetTempPath();
        var path = Path.Combine(folder, $"deepps-{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
        return Try(folder, () =>
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 0, FileOptions.DeleteOnClose);
            // Without a name it is gone however the process ends. On Windows an open file keeps its name until it is closed.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        });
    }

    /// <summary>Adds bytes at the end.</summary>
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

    /// <summary>Hands what was written to the system.</summary>
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
        $"Data that does not fit into memory is put into '{folder}', which failed: {inner.Message} "
        + "Make room there, name another folder with -CachePath, or allow more memory with -MemoryLimit.", folder, inner);
}
