using System.Text.Unicode;

namespace DeepPS.Data;

/// <summary>A chunk of whole rows of a file, and the values read from it.</summary>
internal sealed class CsvChunk
{
    /// <summary>
    /// A line end stands before the rows, and another after them where they lack one; neither is a row.
    /// </summary>
    private const int Before = 1;

    private byte[] bytes = new byte[Before + 1];

    /// <summary>The number of bytes of the rows.</summary>
    public int Length { get; set; }

    /// <summary>Whether it is the first chunk of its file.</summary>
    public bool IsFirst { get; set; }

    /// <summary>The columns; null for those that are not read.</summary>
    public required ChunkColumn?[] Columns { get; init; }

    /// <summary>The error in the first invalid row; null: none.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>Whether its bytes are text in UTF-8.</summary>
    public bool IsUtf8 { get; private set; } = true;

    /// <summary>The number of lines.</summary>
    public long Lines { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<byte> Rows => bytes.AsSpan(Before, Length);

    /// <summary>The rows and the line end after them.</summary>
    public ReadOnlySpan<byte> EndedRows => bytes.AsSpan(Before, Length + 1);

    /// <summary>The rows and the line end before them.</summary>
    public ReadOnlyMemory<byte> RowsWithin => bytes.AsMemory(0, Before + Length);

    /// <summary>Space for a number of bytes; the present ones stay.</summary>
    public Span<byte> Room(int size)
    {
        if (bytes.Length < Before + size + 1)
            Array.Resize(ref bytes, Before + size + 1);
        return bytes.AsSpan(Before, size);
    }

    /// <summary>Reads the values.</summary>
    /// <param name="dialect">How the file is written.</param>
    /// <param name="header">Whether the file's first row is a header.</param>
    /// <param name="check">Whether to check that the bytes are UTF-8.</param>
    /// <param name="plain">Whether rows without quotes are read the fast way.</param>
    /// <returns>This chunk.</returns>
    public CsvChunk Parse(CsvDialect dialect, bool header, bool check, bool plain)
    {
        Fault = null;
        bytes[0] = bytes[Before + Length] = (byte)'\n';
        IsUtf8 = !check || Utf8.IsValid(Rows);
        if (!IsUtf8)
            return this;
        foreach (var column in Columns)
            column?.Clear();
        var skip = header && IsFirst;
        var quoted = dialect.Quote != CsvDialect.NoQuote && Rows.Contains((byte)dialect.Quote);
        Fault = plain && !quoted ? PlainRows.Read(this, dialect, skip) : QuotedRows.Read(this, dialect, skip);
        Lines = LineCount.Of(Rows);
        return this;
    }
}
