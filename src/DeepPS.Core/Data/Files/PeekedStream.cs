namespace DeepPS.Data;

/// <summary>A stream whose first bytes can be examined before they are read.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream stream;
    private readonly byte[] bytes;
    private readonly int count;
    private int at;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="stream">The stream, which is closed with this one.</param>
    /// <param name="most">The largest number of bytes to examine.</param>
    public PeekedStream(Stream stream, int most)
    {
        this.stream = stream;
        bytes = new byte[most];
        count = stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
    }

    /// <summary>Those of the first bytes that are not read yet.</summary>
    public ReadOnlySpan<byte> Peeked => bytes.AsSpan(at, count - at);

    /// <summary>Whether the stream ends after those bytes.</summary>
    public bool IsWhole => count < bytes.Length;

    /// <summary>Skips some of the first bytes.</summary>
    public void Skip(int length) => at += length;

    public override int Read(Span<byte> buffer)
    {
        if (at == count)
            return stream.Read(buffer);
        var given = Math.Min(buffer.Length, count - at);
        bytes.AsSpan(at, given).CopyTo(buffer);
        at += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
