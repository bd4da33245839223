using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A file as far as it has come: <c>NAME.part</c> beside its place, and in <c>NAME.part.tag</c> the address and the entity tag
/// that it came with. It stays where a download ends too early, and is renamed when it is whole.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream file;

    private PartFile(string path, FileStream file) => (this.path, this.file) = (path, file);

    private string Part => path + ".part";

    private string TagFile => path + ".part.tag";

    /// <summary>How many bytes have come.</summary>
    public long Length => file.Length;

    /// <summary>Opens what has come of a file, for this process alone.</summary>
    /// <exception cref="DlException"><c>DownloadInUse</c>: another process has it open; <c>FileNotWritable</c>.</exception>
    public static PartFile Open(string path)
    {
        try
        {
            var file = new FileStream(path + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return new PartFile(path, file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw NotWritable(path, e);
        }
        catch (IOException e)
        {
            throw new DlException("DownloadInUse", DlErrorKind.NotAvailable,
                $"'{path}.part' cannot be opened: another process is likely to download it now. {e.Message}", path, e);
        }
    }

    /// <summary>The entity tag that what is there came with from an address; null where none is known.</summary>
    public string? TagOf(Uri address) =>
        File.Exists(TagFile) && File.ReadAllLines(TagFile) is [var from, var tag] && from == address.AbsoluteUri ? tag : null;

    /// <summary>Begins anew, with bytes that come from an address with an entity tag.</summary>
    public void Restart(Uri address, string? tag)
    {
        file.SetLength(0);
        if (tag is null)
            File.Delete(TagFile);
        else
            File.WriteAllLines(TagFile, [address.AbsoluteUri, tag]);
    }

    /// <summary>Writes on at the end.</summary>
    /// <exception cref="DlException"><c>FileNotWritable</c>: the disk is full, or gone.</exception>
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

    /// <summary>Puts the file in its place.</summary>
    public void Finish()
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(Part, path, overwrite: true);
        File.Delete(TagFile);
    }

    /// <summary>Removes what has come.</summary>
    public void Discard()
    {
        file.Dispose();
        File.Delete(Part);
        File.Delete(TagFile);
    }

    /// <summary>Whether what has come is the file that was published.</summary>
    public bool IsWhole(KnownFile published, CancellationToken cancel)
    {
        file.Position = 0;
        return Checksum.Fits(file, published, cancel);
    }

    public void Dispose() => file.Dispose();

    private static DlException NotWritable(string path, Exception e) =>
        new("FileNotWritable", DlErrorKind.NotAvailable, $"'{path}' cannot be written: {e.Message}", path, e);
}
