using System.Text;
using CsvHelper;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The layout of a CSV file, from its first lines.</summary>
/// <param name="Dialect">How it is written.</param>
/// <param name="Encoding">Its encoding.</param>
/// <param name="IsGuess">Whether later bytes may show that it is not UTF-8.</param>
/// <param name="Header">Whether the first line names the columns.</param>
/// <param name="Names">The names of the columns.</param>
internal sealed record CsvLayout(
    CsvDialect Dialect, Encoding Encoding, bool IsGuess, bool Header, IReadOnlyList<string> Names)
{
    private const int SampleRows = 100;

    /// <summary>The most values in the sample: fewer rows are read where they are wide.</summary>
    private const int SampleValues = 1 << 20;

    /// <summary>The most columns; each takes some kilobytes while it is read.</summary>
    private const int MostColumns = 200_000;

    /// <summary>Reads the first lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="encoding">Its encoding; null: detected.</param>
    public static CsvLayout Of(string path, CsvOptions options, Encoding? encoding)
    {
        using var text = CsvText.Open(path, encoding);
        using var reader = CsvHelper.CsvReader.Create(text, CsvDialect.ParserOptions(options));
        var rows = new List<string[]>();
        var quote = (byte)(options.Quote ?? '"');
        var (values, ended) = (0, false);
        while (rows.Count < SampleRows && values < SampleValues && !(ended = !MoveNext(reader, text)))
        {
            if (rows.Count == 0 && reader.FieldCount > MostColumns)
                throw new DlException("TooManyColumns", DlErrorKind.InvalidData,
                    $"'{path}' has {reader.FieldCount:N0} values in its first row; at most {MostColumns:N0} columns "
                    + "are read. If the file has rows for columns, transpose it; if it has another delimiter, use "
                    + "-Delimiter.", path);
            values += reader.FieldCount;
            rows.Add(Enumerable.Range(0, reader.FieldCount)
                .Select(i => Encoding.UTF8.GetString(QuotedRows.Unquoted(reader.GetSpan(i), quote)).Trim()).ToArray());
        }

        if (ended)
            text.EnsureWhole();
        if (rows.Count == 0)
            throw DataFile.Empty(path, "holds no values");
        var numbers = NumbersIn(rows, reader.Separator, options);
        var header = options.Header ?? GuessHeader(rows, numbers);
        var isSet = options.Decimal is not null || options.Thousands is not null;
        var layout = new CsvLayout(
            new CsvDialect(reader.Separator, options.Quote ?? '"', options.Comment, numbers, isSet),
            text.Encoding, text.IsGuess, header, NameColumns(path, rows[0], header, options.Names));
        options.Log?.Invoke($"'{path}': {text.Encoding.WebName}, values are separated by {Describe(reader.Separator)}; "
            + (header ? "the first line is a header" : "there is no header line")
            + (numbers == NumberFormat.Plain ? "." : $"; numbers are written as {numbers}."));
        return layout;
    }

    private static bool MoveNext(CsvHelper.CsvReader reader, CsvText text)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw text.InvalidCsv(
                $"the row after line {reader.LineNumber} does not end within {CsvDialect.LongestRow:N0} bytes. "
                + "Perhaps a quote opens there and is never closed.", e);
        }
    }

    /// <summary>
    /// How numbers are written: as the user set; with a decimal comma where commas do not delimit values, one number
    /// needs it, and none contradicts it; else plainly.
    /// </summary>
    private static NumberFormat NumbersIn(List<string[]> rows, char delimiter, CsvOptions options)
    {
        if (options.Decimal is not null || options.Thousands is not null)
            return CheckedNumbers(options.Decimal ?? (options.Thousands == '.' ? ',' : '.'), options.Thousands);
        var comma = new NumberFormat(',', '.');
        var values = rows.SelectMany(row => row).ToArray();
        if (delimiter == ',' || !values.Any(comma.IsSaidBy))
            return NumberFormat.Plain;
        return values.Any(value =>
                value.Contains('.') && NumberText.TryParse(value, out _) && !comma.TryParse(value, out _))
            ? NumberFormat.Plain : comma;
    }

    private static NumberFormat CheckedNumbers(char point, char? thousands) => point is '.' or ',' && thousands != point
            && thousands is null or '.' or ',' or ' ' or '\'' or '_'
        ? new NumberFormat(point, thousands)
        : throw new DlException("InvalidNumberFormat", DlErrorKind.InvalidArgument,
            "The decimal mark must be a point or a comma, and the mark between thousands another one of point, comma, "
            + $"space, apostrophe and underscore; got '{point}' and '{thousands}'.", point);

    /// <summary>
    /// A first line without any number, above lines with numbers, is a header. Where there are no numbers at all, it is
    /// one unless one of its values occurs again below it or twice in it.
    /// </summary>
    private static bool GuessHeader(List<string[]> rows, NumberFormat numbers)
    {
        var first = rows[0];
        if (first.All(value => value.Length == 0)
            || first.Any(value => numbers.TryParse(value, out _) || value.Length > 0 && MissingValue.Is(value)))
            return false;
        var rest = rows.Skip(1).Where(row => row.Length == first.Length).ToArray();
        return rest.Any(row => row.Any(value => numbers.TryParse(value, out _)))
            || first.Distinct(StringComparer.OrdinalIgnoreCase).Count() == first.Length
               && !rest.Any(row => row.Where((value, i) => value == first[i]).Any());
    }

    private static string[] NameColumns(string path, string[] first, bool header, IReadOnlyList<string>? given)
    {
        if (given is not null && given.Count != first.Length)
            throw new DlException("WrongColumnCount", DlErrorKind.InvalidArgument,
                $"{given.Count} column names are given, but '{path}' has {first.Length} columns.", path);
        var names = new string[first.Length];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            var name = given is not null ? given[i] : header ? first[i] : "";
            names[i] = name.Length > 0 ? name : $"Column{i + 1}";
            if (!seen.Add(names[i]))
                throw new DlException("DuplicateColumn", DlErrorKind.InvalidData,
                    $"Two columns of '{path}' are named '{names[i]}' (upper and lower case count as one). "
                    + "Rename one, or give a name for each column.", names[i]);
        }

        return names;
    }

    private static string Describe(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars",
        _ => $"'{delimiter}'",
    };
}
