using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>One process at a time changes a folder of runtimes.</summary>
internal static class RuntimeLock
{
    /// <summary>Holds the folder until the result is disposed.</summary>
    /// <exception cref="DlException"><c>RuntimeInUse</c>: another process holds it;
    /// <c>RuntimeNotWritable</c>.</exception>
    public static IDisposable Enter(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            return new FileStream(Path.Combine(root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None, bufferSize: 1, FileOptions.None);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException
            or PathTooLongException)
        {
            throw RuntimeErrors.NotWritable(root, e);
        }
        catch (IOException e)
        {
            throw File.Exists(Path.Combine(root, ".lock"))
                ? new DlException("RuntimeInUse", DlErrorKind.InvalidOperation,
                    $"Another process is installing or removing a runtime in '{root}'. Wait until it ends, and run the "
                    + "command again.", root, e)
                : RuntimeErrors.NotWritable(root, e);
        }
    }

    /// <summary>Removes the folders of some kinds, which killed processes may have left.</summary>
    public static void RemoveLeft(string root, params string[] prefixes)
    {
        foreach (var folder in prefixes.SelectMany(prefix => Directory.GetDirectories(root, prefix + "*")))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // On Windows a session may still use these libraries. The next call removes them.
            }
        }
    }

    /// <summary>Renames the folder of a runtime.</summary>
    /// <exception cref="DlException"><c>RuntimeInUse</c>: a session has loaded its libraries, which Windows
    /// protects.</exception>
    public static void Move(string folder, string to)
    {
        try
        {
            Directory.Move(folder, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("RuntimeInUse", DlErrorKind.InvalidOperation,
                $"The runtime in '{folder}' cannot be removed: a session has probably loaded it ({e.Message}). Close "
                + "all sessions that use DeepPS, and run the command in a new one.", folder, e);
        }
    }
}
