using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A partial file: <c>NAME.part</c> beside the destination, and <c>NAME.part.tag</c> with its address and entity tag.
/// It stays where a download ends too early, and is renamed when it is complete.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream file;

    private PartFile(string path, FileStream file) => (this.path, this.file) = (path, file);

    private string Part => path + ".part";

    private string TagFile => path + ".part.tag";

    /// <summary>The number of bytes received.</summary>
    public long Length => file.Length;

    /// <summary>Opens the partial file, for this process only.</summary>
    /// <exception cref="DlException">
    /// <c>DownloadInUse</c>: another process has it open; <c>FileNotWritable</c>.
    /// </exception>
    public static PartFile Open(string path)
    {
        try
        {
            var file = new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 0);
            return new PartFile(path, file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw NotWritable(path, e);
        }
        catch (IOException e)
        {
            throw new DlException("DownloadInUse", DlErrorKind.NotAvailable,
                $"'{path}.part' cannot be opened: another process is probably downloading it. {e.Message}", path, e);
        }
    }

    /// <summary>The entity tag of the partial file at an address; null where it is not known.</summary>
    public string? TagOf(Uri address) =>
        File.Exists(TagFile) && File.ReadAllLines(TagFile) is [var from, var tag] && from == address.AbsoluteUri ? tag
            : null;

    /// <summary>Starts again, with an address and its entity tag.</summary>
    public void Restart(Uri address, string? tag)
    {
        file.SetLength(0);
        if (tag is null)
            File.Delete(TagFile);
        else
            File.WriteAllLines(TagFile, [address.AbsoluteUri, tag]);
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="DlException"><c>FileNotWritable</c>: the disk is full or not available.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Position = file.Length;
            file.Write(bytes);
        }
        catch (IOException e)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Moves the file to its destination.</summary>
    public void Finish()
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        AtomicFile.Replace(Part, path);
        File.Delete(TagFile);
    }

    /// <summary>Deletes the partial file.</summary>
    public void Discard()
    {
        file.Dispose();
        File.Delete(Part);
        File.Delete(TagFile);
    }

    /// <summary>Whether the received file is the published one.</summary>
    public bool IsWhole(KnownFile published, CancellationToken cancel)
    {
        file.Position = 0;
        return Checksum.Fits(file, published, cancel);
    }

    public void Dispose() => file.Dispose();

    private static DlException NotWritable(string path, Exception e) =>
        new("FileNotWritable", DlErrorKind.NotAvailable, $"'{path}' cannot be written: {e.Message}", path, e);
}
