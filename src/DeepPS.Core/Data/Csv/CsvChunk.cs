using System.Text.Unicode;

namespace DeepPS.Data;

/// <summary>A piece of a file, whole rows of it, and the values that were read from it.</summary>
internal sealed class CsvChunk
{
    /// <summary>Before the rows stands an end of a line, behind them another where they have none: both are no row.</summary>
    private const int Before = 1;

    private byte[] bytes = new byte[Before + 1];

    /// <summary>How many bytes of rows there are.</summary>
    public int Length { get; set; }

    /// <summary>Whether it is the first of its file.</summary>
    public bool IsFirst { get; set; }

    /// <summary>The columns, those that are read.</summary>
    public required ChunkColumn?[] Columns { get; init; }

    /// <summary>What is wrong with the first row that is no good; null: nothing.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>Whether its bytes are text in UTF-8.</summary>
    public bool IsUtf8 { get; private set; } = true;

    /// <summary>How many lines it has.</summary>
    public long Lines { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<byte> Rows => bytes.AsSpan(Before, Length);

    /// <summary>The rows and what stands behind them: an end of a line.</summary>
    public ReadOnlySpan<byte> EndedRows => bytes.AsSpan(Before, Length + 1);

    /// <summary>The rows and what stands before them: an end of a line.</summary>
    public ReadOnlyMemory<byte> RowsWithin => bytes.AsMemory(0, Before + Length);

    /// <summary>Room for so many bytes, of which those there are stay.</summary>
    public Span<byte> Room(int size)
    {
        if (bytes.Length < Before + size + 1)
            Array.Resize(ref bytes, Before + size + 1);
        return bytes.AsSpan(Before, size);
    }

    /// <summary>Reads the values.</summary>
    /// <param name="dialect">How the file is written.</param>
    /// <param name="header">Whether the file's first row is none.</param>
    /// <param name="check">Whether to look whether the bytes are UTF-8.</param>
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
