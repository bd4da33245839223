namespace DeepPS.Common;

/// <summary>Opens files that other processes may be writing.</summary>
internal static class SharedFile
{
    /// <summary>Opens a file that others may write, rename and delete; null if it cannot be opened.</summary>
    public static FileStream? OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
