using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A data file, read from start to end. A file that begins with gzip's magic bytes is decompressed, whatever its name;
/// one that is cut short is an error.
/// </summary>
internal sealed class DataFile : ReadOnlyStream
{
    private readonly string path;
    private readonly FileStream file;
    private readonly GzipContent? zipped;

    private DataFile(string path, FileStream file, bool compressed)
    {
        this.path = path;
        this.file = file;
        zipped = compressed ? new GzipContent(file) : null;
    }

    /// <summary>Whether the file is gzip.</summary>
    public bool IsCompressed => zipped is not null;

    /// <summary>The size of the file on disk.</summary>
    public long FileSize => file.Length;

    /// <summary>The share of the file that was read, from 0 to 1.</summary>
    public double Fraction => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DlException"><c>FileNotFound</c>, <c>EmptyFile</c>, <c>FileNotReadable</c>.</exception>
    public static DataFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new DlException("FileNotFound", DlErrorKind.NotFound,
                $"'{path}' is a folder; name a file in it.", path);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, SharedFile.Any, 1 << 16,
                FileOptions.SequentialScan);
            var first = file.ReadByte();
            var second = file.ReadByte();
            file.Position = 0;
            if (first >= 0)
                return new DataFile(path, file, first == 0x1F && second == 0x8B);
            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(path, e);
        }

        throw Empty(path);
    }

    public static DlException Empty(string path, string what = "is empty") =>
        new("EmptyFile", DlErrorKind.InvalidData, $"File '{path}' {what}; data is expected.", path);

    /// <summary>The error for a file that cannot be opened or read.</summary>
    public static DlException CannotOpen(string path, Exception e) =>
        e is FileNotFoundException or DirectoryNotFoundException
        ? new("FileNotFound", DlErrorKind.NotFound, $"There is no file '{path}'.", path, e)
        : new("FileNotReadable", DlErrorKind.NotAvailable, $"File '{path}' cannot be read: {e.Message}", path, e);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return zipped?.Read(buffer) ?? file.Read(buffer);
        }
        catch (InvalidDataException e) when (file.Position < file.Length)
        {
            throw new DlException("CorruptGzip", DlErrorKind.InvalidData,
                $"The gzip file '{path}' is damaged near byte {file.Position:N0} of {file.Length:N0}. Download or copy "
                    + "it again.",
                path, e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Truncated(e);
        }
    }

    /// <summary>
    /// Reads to the end, so that the error for a file that was cut short says so, instead of complaining about its last
    /// line.
    /// </summary>
    public void EnsureWhole()
    {
        if (!IsCompressed)
            return;
        var rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            zipped?.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private DlException Truncated(Exception inner) => new("TruncatedGzip", DlErrorKind.InvalidData,
        $"The gzip file '{path}' ends too early, after {file.Length:N0} bytes: it was not written or copied whole. "
        + "Download or copy it again.",
        path, inner);
}
