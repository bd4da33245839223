using CsvHelper;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a CSV file is written.</summary>
/// <param name="Delimiter">What stands between values.</param>
/// <param name="Quote">What stands around values that hold a delimiter; a zero byte: nothing.</param>
/// <param name="Comment">What a line that is no row begins with; null: there are none.</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="NumbersSaid">Whether that was said, and is not what the first rows look like.</param>
internal sealed record CsvDialect(char Delimiter, char Quote, char? Comment, NumberFormat Numbers, bool NumbersSaid)
{
    /// <summary>The longest row in bytes.</summary>
    public const int LongestRow = 1 << 26;

    /// <summary>Stands for no quote.</summary>
    public const char NoQuote = '\0';

    /// <summary>Whether decimals may follow a comma: not where commas stand between values. Null: how numbers are written was said.</summary>
    public bool? DecimalComma => NumbersSaid ? null : Delimiter != ',';

    /// <summary>What CsvHelper needs to know to read such files.</summary>
    public CsvReaderOptions ParserOptions() => ParserOptions(Delimiter, Quote, Comment);

    /// <summary>The same where the delimiter is to be found out, perhaps.</summary>
    /// <exception cref="DlException"><c>InvalidDelimiter</c>, <c>InvalidQuote</c>, <c>InvalidComment</c>.</exception>
    public static CsvReaderOptions ParserOptions(CsvOptions options)
    {
        if (options.Delimiter is { } delimiter && (!IsMark(delimiter) || delimiter is '"' or '.' or '-' || delimiter == options.Quote))
            throw new DlException("InvalidDelimiter", DlErrorKind.InvalidArgument,
                $"'{delimiter}' cannot stand between values; use a punctuation mark, a space or a tab, and another than the quote.", delimiter);
        if (options.Quote is { } quote and not NoQuote && (!IsMark(quote) || quote is ',' or ';' or '\t' or '.' or '-' or ' '))
            throw new DlException("InvalidQuote", DlErrorKind.InvalidArgument,
                $"'{quote}' cannot stand around values; use a punctuation mark such as ' or \".", quote);
        if (options.Comment is { } comment && (!IsMark(comment) || comment is '"' or '-' or '.' || comment == options.Quote || comment == options.Delimiter))
            throw new DlException("InvalidComment", DlErrorKind.InvalidArgument,
                $"'{comment}' cannot begin a comment; use a punctuation mark such as # or %, and another than quote and delimiter.", comment);
        return ParserOptions(options.Delimiter, options.Quote ?? '"', options.Comment);
    }

    private static CsvReaderOptions ParserOptions(char? delimiter, char quote, char? comment)
    {
        var options = new CsvReaderOptions
        {
            Separator = delimiter, CommentPrefix = comment, HasHeader = false, TrackLineNumbers = true, MaxRecordSize = LongestRow,
        };
        return quote == NoQuote ? options with { Mode = CsvMode.NoEscape } : options with { Quote = quote };
    }

    private static bool IsMark(char c) => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('\r' or '\n' or '\0');
}
