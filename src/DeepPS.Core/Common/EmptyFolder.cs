namespace DeepPS.Common;

/// <summary>Removes folders that were made for files that were not written.</summary>
internal static class EmptyFolder
{
    /// <summary>Removes a folder if it is empty.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not empty, or already removed.
        }
    }
}
