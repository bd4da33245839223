using System.Text;
using CsvHelper;

namespace DeepPS;

/// <summary>What the first lines of a CSV file say about it: what separates values, the names of its columns.</summary>
internal sealed record CsvLayout(char Delimiter, bool Header, IReadOnlyList<string> Names)
{
    private const int SampleRows = 100;

    /// <summary>Reads the first lines.</summary>
    public static CsvLayout Of(string path, CsvOptions options)
    {
        using var file = DataFile.Open(path);
        using var reader = CsvHelper.CsvReader.Create(file, ParserOptions(options.Delimiter));
        var rows = new List<string[]>();
        while (rows.Count < SampleRows && reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.UTF8.GetString(reader.GetSpan(i)).Trim()).ToArray());
        if (rows.Count < SampleRows)
            file.EnsureWhole();
        if (rows.Count == 0)
            throw DataFile.Empty(path, "holds no values");
        var header = options.Header ?? GuessHeader(rows);
        var layout = new CsvLayout(reader.Separator, header, NameColumns(path, rows[0], header, options.Names));
        options.Log?.Invoke($"'{path}': values are separated by {Describe(layout.Delimiter)}; "
            + (header ? "the first line is a header." : "there is no header line."));
        return layout;
    }

    public static CsvReaderOptions ParserOptions(char? delimiter) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrackLineNumbers = true,
    };

    /// <summary>
    /// A first line without any number, over lines with numbers, is a header. Where there are no numbers at all, it is one
    /// unless one of its values comes again below it or stands twice in it.
    /// </summary>
    private static bool GuessHeader(List<string[]> rows)
    {
        var first = rows[0];
        if (first.Any(value => IsNumber(value) || value.Length > 0 && MissingValue.Is(value)) || first.All(value => value.Length == 0))
            return false;
        var rest = rows.Skip(1).Where(row => row.Length == first.Length).ToArray();
        return rest.Any(row => row.Any(IsNumber))
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

    private static bool IsNumber(string value) => NumberText.TryParse(value, out _);

    private static string Describe(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars",
        _ => $"'{delimiter}'",
    };
}
