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
            if (!skip && AddRow(reader, chunk.Columns) is { } fault)
                return fault;
            skip = false;
        }

        return null;
    }

    private static CsvFault? AddRow(CsvHelper.CsvReader reader, ChunkColumn?[] columns)
    {
        if (reader.FieldCount != columns.Length)
            return CsvFault.Ragged(reader.LineNumber - 1, columns.Length, reader.FieldCount);
        for (var i = 0; i < columns.Length; i++)
            if (columns[i]?.Add(reader.GetSpan(i)) == false)
                return CsvFault.NotANumber(
                    reader.LineNumber - 1, columns[i]!.Name, Encoding.UTF8.GetString(reader.GetSpan(i)));
        return null;
    }
}
