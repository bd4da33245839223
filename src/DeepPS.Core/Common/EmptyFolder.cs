namespace DeepPS.Common;

/// <summary>Folders that were made for files which then did not come.</summary>
internal static class EmptyFolder
{
    /// <summary>Removes a folder that is empty; one that is not, or is not there, stays as it is.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something lies there, perhaps since a moment ago.
        }
    }
}
