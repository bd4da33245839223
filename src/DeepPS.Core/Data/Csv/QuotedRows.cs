using System.Text;
using CsvHelper;

namespace DeepPS.Data;

/// <summary>Reads rows in which values may be quoted, with CsvHelper.</summary>
internal static class QuotedRows
{
    /// <summary>Reads the rows of a chunk.</summary>
    /// <param name="chunk">The chunk, whose columns take the values.</param>
    /// <param name="dialect">How the file is written.</param>
    /// <param name="skip">Whether to skip the first row.</param>
    /// <returns>The error in the first invalid row; null: none.</returns>
    public static CsvFault? Read(CsvChunk chunk, CsvDialect dialect, bool skip)
    {
        var unclosed = 0L;
        using var reader = CsvHelper.CsvReader.Create(chunk.RowsWithin, dialect.ParserOptions() with
        {
            OnMalformedRecord = record =>
                unclosed = record.Reason == CsvMalformedReason.UnterminatedQuote ? record.LineNumber : unclosed,
        });
        // The line end before the rows counts as a line.
        while (reader.Read())
        {
            if (unclosed > 0)
                return CsvFault.UnclosedQuote(unclosed - 1);
            if (!skip && AddRow(reader, chunk.Columns, (byte)dialect.Quote) is { } fault)
                return fault;
            skip = false;
        }

        return null;
    }

    /// <summary>
    /// A value without quotes that stand apart from the delimiters, as in <c>1, 'a', 2</c>: the parser takes those for
    /// part of the value.
    /// </summary>
    public static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> value, byte quote)
    {
        var trimmed = value[Ascii.Trim(value)];
        if (trimmed.Length == value.Length || trimmed.Length < 2 || trimmed[0] != quote || trimmed[^1] != quote)
            return value;
        var inner = trimmed[1..^1];
        if (!inner.Contains(quote))
            return inner;
        var text = Encoding.UTF8.GetString(inner);
        return Encoding.UTF8.GetBytes(text.Replace($"{(char)quote}{(char)quote}", $"{(char)quote}",
            StringComparison.Ordinal));
    }

    private static CsvFault? AddRow(CsvHelper.CsvReader reader, ChunkColumn?[] columns, byte quote)
    {
        if (reader.FieldCount != columns.Length)
            return CsvFault.Ragged(reader.LineNumber - 1, columns.Length, reader.FieldCount);
        for (var i = 0; i < columns.Length; i++)
            if (columns[i]?.Add(Unquoted(reader.GetSpan(i), quote)) == false)
                return CsvFault.NotANumber(
                    reader.LineNumber - 1, columns[i]!.Name, Encoding.UTF8.GetString(reader.GetSpan(i)));
        return null;
    }
}
