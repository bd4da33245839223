using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Splits a file into chunks of whole rows.</summary>
/// <param name="text">The file's text in UTF-8.</param>
/// <param name="dialect">How it is written.</param>
/// <param name="size">Number of bytes to read at once.</param>
internal sealed class CsvChunks(CsvText text, CsvDialect dialect, int size)
{
    private readonly CsvRecords records = new(dialect);
    private byte[] rest = [];
    private bool first = true, ended;

    /// <summary>Fills a chunk with the next rows.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DlException"><c>InvalidCsv</c>: a row does not end.</exception>
    public bool Fill(CsvChunk chunk)
    {
        rest.CopyTo(chunk.Room(rest.Length));
        var (length, end) = (rest.Length, 0);
        var scanned = 0;
        records.Restart();
        while (end == 0 && !ended)
        {
            if (length > CsvDialect.LongestRow)
                throw text.InvalidCsv($"a row is longer than {CsvDialect.LongestRow:N0} bytes. "
                    + "Perhaps a quote opens there and is never closed.");
            length += Read(chunk, length, Math.Max(size, length));
            end = ended ? length : LastEnd(chunk.Room(length), ref scanned);
        }

        rest = chunk.Room(length)[end..].ToArray();
        (chunk.Length, chunk.IsFirst) = (end, first);
        first &= !HasRow(chunk.Rows);
        return end > 0;
    }

    /// <summary>Reads more, but never only the first of the two bytes of a line end.</summary>
    private int Read(CsvChunk chunk, int length, int wanted)
    {
        var room = chunk.Room(length + wanted + 1)[length..];
        var count = text.ReadAtLeast(room[..wanted], wanted, throwOnEndOfStream: false);
        ended = count < wanted;
        while (!ended && room[count - 1] == '\r')
        {
            room = chunk.Room(length + count + 1)[length..];
            ended = text.Read(room.Slice(count, 1)) == 0;
            count += ended ? 0 : 1;
        }

        return count;
    }

    private int LastEnd(ReadOnlySpan<byte> rows, ref int scanned)
    {
        if (dialect.Quote == CsvDialect.NoQuote || !rows.Contains((byte)dialect.Quote))
            return 1 + (rows.LastIndexOf((byte)'\n') is var line and >= 0 ? line : rows.LastIndexOf((byte)'\r'));
        var end = records.LastEnd(rows[scanned..]);
        end = end == 0 ? 0 : scanned + end;
        scanned = rows.Length;
        return end;
    }

    /// <summary>Whether there is a row, not only empty lines and comments.</summary>
    private bool HasRow(ReadOnlySpan<byte> rows)
    {
        while (!(rows = rows.TrimStart("\r\n"u8)).IsEmpty && rows[0] == dialect.Comment)
            rows = rows.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? rows[end..] : [];
        return !rows.IsEmpty;
    }
}
