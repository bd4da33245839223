namespace DeepPS.Common;

/// <summary>Writes files so that a reader, or a crash, sees the old one or the new one and nothing between.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, makes sure it is on the disk, and renames it into place.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var beside = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
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
        }
    }
}
