using System.Globalization;
using DeepPS.Data;
using FsCheck;
using FsCheck.Fluent;

namespace DeepPS.Tests;

/// <summary>A table and a way to write it.</summary>
/// <param name="Columns">Values by column: numbers, names, points in time; null where one is missing.</param>
/// <param name="Delimiter">The character between values.</param>
/// <param name="Quote">The character around values.</param>
/// <param name="End">The line end.</param>
/// <param name="Encoding">The encoding.</param>
/// <param name="Mark">Whether the text begins with a byte order mark.</param>
/// <param name="Point">The decimal mark.</param>
/// <param name="QuoteAll">Whether to quote every value.</param>
/// <param name="Noise">Whether there are comments and empty lines, and no end after the last line.</param>
/// <param name="ChunkSize">The number of bytes read at once.</param>
public sealed record CsvCase(
    object?[][] Columns, char Delimiter, char Quote, string End, string Encoding, bool Mark, char Point, bool QuoteAll,
    bool Noise, int ChunkSize)
{
    /// <summary>Tables and ways to write them.</summary>
    public static readonly Gen<CsvCase> Any =
        from rows in Gen.Choose(1, 30)
        from columns in Column(rows).NonEmptyListOf()
        from delimiter in Gen.Elements(',', ';', '\t', '|', ':', ' ')
        from quote in Gen.Elements('"', '\'')
        from end in Gen.Elements("\n", "\r\n", "\r")
        from encoding in Gen.Elements("utf-8", "utf-16", "utf-16BE", "iso-8859-1")
        from mark in Gen.Elements(true, false)
        from point in Gen.Elements('.', ',')
        from all in Gen.Elements(true, false)
        from noise in Gen.Elements(true, false)
        from size in Gen.Elements(7, 64, 1 << 16)
        select new CsvCase(columns.Take(5).ToArray(), delimiter, quote, end, encoding, mark, point, all, noise, size);

    /// <summary>How to read the file.</summary>
    public CsvOptions Options => new()
    {
        Delimiter = Delimiter, Quote = Quote, Header = true, Comment = '#', Decimal = Point,
        Encoding = Mark ? null : Encoding, ChunkSize = ChunkSize,
    };

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var lines = new List<string> { Line(Columns.Select((_, i) => (object)$"name{i}")) };
        for (var row = 0; row < Columns[0].Length; row++)
        {
            if (Noise && row % 3 == 0)
                lines.AddRange(["", $"# row {row} {Quote}"]);
            lines.Add(Line(Columns.Select(column => column[row])));
        }

        var encoding = System.Text.Encoding.GetEncoding(Encoding);
        return [.. Mark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes(string.Join(End, lines) + (Noise ? "" : End))];
    }

    private static Gen<object?[]> Column(int rows)
    {
        var number = Gen.Choose(-1_000_000, 1_000_000).Select(value => (object?)(value / 64.0));
        var name = Gen.Elements("", "a", "é", "ÿ", ",", ";", "\t", "|", ":", " ", "\"", "'", "\"\"", "\n", "\r\n", "\r",
            "#", "1", "2024-05-01")
            .ListOf().Select(parts => (object?)("w" + string.Concat(parts.Take(6)) + "w"));
        var time = Gen.Choose(0, 1_000_000_000).Select(seconds => (object?)DateTime.UnixEpoch.AddSeconds(seconds));
        var code = Gen.Elements<object?>("w", "007", "7", "2024-05-01", "1e3");
        Gen<object?> Gaps(Gen<object?> values) => Gen.Frequency((5, values), (1, Gen.Constant<object?>(null)));
        return Gen.OneOf(Gaps(number).ArrayOf(rows), Gaps(name).ArrayOf(rows), Gaps(time).ArrayOf(rows),
            Gaps(code).ArrayOf(rows));
    }

    private string Line(IEnumerable<object?> values) => string.Join(Delimiter, values.Select(Write));

    private string Write(object? value)
    {
        var text = value switch
        {
            null => "NA",
            double number => number.ToString("R", CultureInfo.InvariantCulture).Replace('.', Point),
            DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            _ => (string)value,
        };
        var quoted = QuoteAll || text.AsSpan().ContainsAny(['\r', '\n', Delimiter, Quote]);
        return quoted ? $"{Quote}{text.Replace($"{Quote}", $"{Quote}{Quote}")}{Quote}" : text;
    }
}
