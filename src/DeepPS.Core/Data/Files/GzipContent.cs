using System.IO.Compression;

namespace DeepPS.Data;

/// <summary>
/// The content of a gzip file. <see cref="GZipStream"/> does not notice that a file was cut short; so a last member
/// with a mark is appended to the file, and the content must end with the mark.
/// </summary>
internal sealed class GzipContent : IDisposable
{
    private static readonly byte[] Mark = "the end of what was written"u8.ToArray();
    private static readonly byte[] MarkMember = Compress(Mark);

    private readonly GZipStream gzip;
    private readonly byte[] window = new byte[1 << 16];
    private int start, end;

    public GzipContent(Stream file) =>
        gzip = new GZipStream(new Appended(file, MarkMember), CompressionMode.Decompress);

    /// <summary>Reads more bytes; 0 at the end.</summary>
    /// <exception cref="EndOfStreamException">The file was cut short.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or was cut short.</exception>
    public int Read(Span<byte> buffer)
    {
        while (end - start <= Mark.Length)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            (start, end) = (0, end - start);
            var count = gzip.Read(window.AsSpan(end));
            end += count;
            if (count == 0)
                return window.AsSpan(0, end).SequenceEqual(Mark) ? 0 : throw new EndOfStreamException();
        }

        var given = Math.Min(buffer.Length, end - start - Mark.Length);
        window.AsSpan(start, given).CopyTo(buffer);
        start += given;
        return given;
    }

    public void Dispose() => gzip.Dispose();

    private static byte[] Compress(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    /// <summary>A stream with some bytes after it.</summary>
    private sealed class Appended(Stream first, byte[] then) : ReadOnlyStream
    {
        private int given;

        public override int Read(Span<byte> buffer)
        {
            var count = first.Read(buffer);
            if (count > 0 || buffer.IsEmpty)
                return count;
            count = Math.Min(buffer.Length, then.Length - given);
            then.AsSpan(given, count).CopyTo(buffer);
            given += count;
            return count;
        }
    }
}
