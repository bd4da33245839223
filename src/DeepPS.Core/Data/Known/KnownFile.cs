namespace DeepPS.Data;

/// <summary>A file of a published dataset.</summary>
/// <param name="Name">Its name, in its address and on disk.</param>
/// <param name="Size">Its size in bytes; null where none is published.</param>
/// <param name="Checksum">Its MD5 (32 hexadecimal digits) or SHA-256 (64), in lower case.</param>
public sealed record KnownFile(string Name, long? Size, string Checksum)
{
    /// <summary>The size of files in bytes; null where that of one is not published.</summary>
    public static long? SizeOf(IEnumerable<KnownFile> files) =>
        files.Aggregate((long?)0, (sum, file) => sum + file.Size);
}
