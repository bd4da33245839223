using System.Runtime.CompilerServices;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads rows without quoted values, in one pass over their bytes.</summary>
internal static class PlainRows
{
    /// <summary>A byte that never occurs in UTF-8.</summary>
    private const byte Never = 0xFF;

    private static readonly Lazy<Task> Compilation = new(() => Task.Run(() =>
    {
        CsvColumn[] columns =
            [new("number", ColumnSettings.None, mayBeTime: true), new("name", ColumnSettings.None, mayBeTime: true)];
        var chunk = new CsvChunk
        {
            Columns = Array.ConvertAll(columns, column => column.NewChunk(NumberFormat.Plain, MissingTexts.Usual)),
        };
        var row = "1,a\n"u8;
        row.CopyTo(chunk.Room(row.Length));
        chunk.Length = row.Length;
        chunk.Parse(new CsvDialect(',', '"', null, NumberFormat.Plain, NumbersSaid: false), header: false, check: true,
            plain: true);
        for (var i = 0; i < columns.Length; i++)
            columns[i].Append(chunk.Columns[i]!);
    }));

    /// <summary>
    /// Compiles this code on another core, once per process, while the first lines of a file are read.
    /// </summary>
    public static void Compile() => _ = Compilation.Value;

    /// <summary>Reads the rows of a chunk.</summary>
    /// <param name="chunk">The chunk, whose columns take the values.</param>
    /// <param name="dialect">How the file is written.</param>
    /// <param name="skip">Whether to skip the first row.</param>
    /// <returns>The error in the first invalid row; null: none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CsvFault? Read(CsvChunk chunk, CsvDialect dialect, bool skip)
    {
        var text = chunk.EndedRows;
        var columns = chunk.Columns;
        var delimiter = (byte)dialect.Delimiter;
        var point = dialect.Numbers.Decimal == dialect.Delimiter ? Never : dialect.Numbers.Point;
        var comment = dialect.Comment is { } mark ? mark : -1;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is (byte)'\n' or (byte)'\r')
            {
                at++;
                continue;
            }

            if (skip || text[at] == comment)
            {
                skip &= text[at] == comment;
                at += text[at..].IndexOfAny((byte)'\n', (byte)'\r');
                continue;
            }

            var row = at;
            for (var i = 0; i < columns.Length; i++)
            {
                var column = columns[i];
                var rest = text[at..];
                int length;
                if (column is { TakesNumbers: true } && (length = NumberText.ScanPlain(rest, point, out var number)) > 0
                    && (rest[length] == delimiter || rest[length] is (byte)'\n' or (byte)'\r'))
                    column.Add(number);
                else
                {
                    length = rest.IndexOfAny(delimiter, (byte)'\n', (byte)'\r');
                    if (column?.Add(rest[..length]) == false)
                        return NotANumber(text, row, column.Name, rest[..length], columns.Length, delimiter);
                }

                at += length;
                if (text[at] == delimiter != i < columns.Length - 1)
                    return Ragged(text, row, columns.Length, delimiter);
                at++;
            }
        }

        return null;
    }

    private static CsvFault Ragged(ReadOnlySpan<byte> text, int row, int expected, byte delimiter) =>
        CsvFault.Ragged(Line(text, row), expected, ValueCount(text[row..], delimiter));

    /// <summary>A wrong number of values is reported first, whatever else is wrong with the row.</summary>
    private static CsvFault NotANumber(
        ReadOnlySpan<byte> text, int row, string column, ReadOnlySpan<byte> value, int expected, byte delimiter) =>
        ValueCount(text[row..], delimiter) is var found && found != expected
            ? CsvFault.Ragged(Line(text, row), expected, found)
            : CsvFault.NotANumber(Line(text, row), column, Encoding.UTF8.GetString(value));

    private static int ValueCount(ReadOnlySpan<byte> rows, byte delimiter) =>
        1 + rows[..rows.IndexOfAny((byte)'\n', (byte)'\r')].Count(delimiter);

    private static long Line(ReadOnlySpan<byte> text, int row) => 1 + LineCount.Of(text[..row]);
}
