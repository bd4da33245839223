using System.IO.Compression;

namespace DeepPS;

/// <summary>
/// A data file opened for reading from its start to its end. A file that begins with gzip's magic bytes is decompressed,
/// whatever its name; one that is cut short is an error, not the end of the data.
/// </summary>
internal sealed class DataFile : Stream
{
    private readonly string path;
    private readonly FileStream file;
    private readonly Stream content;

    private DataFile(string path, FileStream file, bool compressed)
    {
        this.path = path;
        this.file = file;
        IsCompressed = compressed;
        content = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Whether the file is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>The size of the file on disk.</summary>
    public long FileSize => file.Length;

    /// <summary>How much of the file is read, from 0 to 1.</summary>
    public double Fraction => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Opens a file.</summary>
    /// <exception cref="DlException"><c>FileNotFound</c>, <c>EmptyFile</c>, <c>FileNotReadable</c>.</exception>
    public static DataFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new DlException("FileNotFound", DlErrorKind.NotFound, $"'{path}' is a folder; a file is expected.", path);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
            var first = file.ReadByte();
            var second = file.ReadByte();
            file.Position = 0;
            if (first >= 0)
                return new DataFile(path, file, first == 0x1F && second == 0x8B);
            file.Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DlException("FileNotFound", DlErrorKind.NotFound, $"There is no file '{path}'.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("FileNotReadable", DlErrorKind.NotAvailable, $"File '{path}' cannot be read: {e.Message}", path, e);
        }

        throw Empty(path);
    }

    public static DlException Empty(string path, string what = "is empty") =>
        new("EmptyFile", DlErrorKind.InvalidData, $"File '{path}' {what}; data is expected.", path);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (!IsCompressed)
            return content.Read(buffer);
        try
        {
            var count = content.Read(buffer);
            return count > 0 || file.Length > 0 && HasTrailer() ? count : throw Truncated();
        }
        catch (InvalidDataException e)
        {
            throw file.Position >= file.Length ? Truncated(e) : new DlException("CorruptGzip", DlErrorKind.InvalidData,
                $"The gzip file '{path}' is damaged near byte {file.Position:N0} of {file.Length:N0}. Get it once more.", path, e);
        }
        catch (EndOfStreamException e)
        {
            throw Truncated(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A gzip file has at least a header of 10 bytes, a block of 2 and a trailer of 8.</summary>
    private bool HasTrailer() => file.Length >= 20;

    private DlException Truncated(Exception? inner = null) => new("TruncatedGzip", DlErrorKind.InvalidData,
        $"The gzip file '{path}' ends too early, after {file.Length:N0} bytes: it was not written or copied whole. Get it once more.",
        path, inner);
}
