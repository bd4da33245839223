namespace DeepPS.Common;

/// <summary>
/// Reads files that other processes may be writing. A reader of ours never keeps another from writing, renaming or
/// deleting the file, on Windows too.
/// </summary>
internal static class SharedFile
{
    /// <summary>What others may do with a file that is open here: everything.</summary>
    public const FileShare Any = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, Any);

    /// <summary>Reads a text file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>Opens a file that may be just being replaced; null if it cannot be opened.</summary>
    public static FileStream? OpenRead(string path)
    {
        FileStream? file = null;
        try
        {
            FileInUse.Retry(() => file = Open(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }

        return file;
    }
}
