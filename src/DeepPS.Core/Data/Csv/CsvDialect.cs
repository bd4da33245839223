using CsvHelper;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a CSV file is written.</summary>
/// <param name="Delimiter">The character between values.</param>
/// <param name="Quote">The character around values that hold a delimiter; a zero byte: none.</param>
/// <param name="Comment">The first character of comment lines; null: there are none.</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="NumbersSaid">Whether the user set the number format, instead of the first rows.</param>
internal sealed record CsvDialect(char Delimiter, char Quote, char? Comment, NumberFormat Numbers, bool NumbersSaid)
{
    /// <summary>The longest row in bytes.</summary>
    public const int LongestRow = 1 << 26;

    /// <summary>The quote that means none.</summary>
    public const char NoQuote = '\0';

    /// <summary>
    /// Whether decimals may follow a comma: not where commas delimit values. Null: the user set how numbers are
    /// written.
    /// </summary>
    public bool? DecimalComma => NumbersSaid ? null : Delimiter != ',';

    /// <summary>The options of CsvHelper for such files.</summary>
    public CsvReaderOptions ParserOptions() => ParserOptions(Delimiter, Quote, Comment);

    /// <summary>The options of CsvHelper for a file whose delimiter may not be known.</summary>
    /// <exception cref="DlException"><c>InvalidDelimiter</c>, <c>InvalidQuote</c>, <c>InvalidComment</c>.</exception>
    public static CsvReaderOptions ParserOptions(CsvOptions options)
    {
        if (options.Delimiter is { } delimiter
            && (!IsMark(delimiter) || delimiter is '"' or '.' or '-' || delimiter == options.Quote))
            throw new DlException("InvalidDelimiter", DlErrorKind.InvalidArgument,
                $"'{delimiter}' cannot be the delimiter; use a punctuation mark, a space or a tab, but not the quote.",
                delimiter);
        if (options.Quote is { } quote and not NoQuote
            && (!IsMark(quote) || quote is ',' or ';' or '\t' or '.' or '-' or ' '))
            throw new DlException("InvalidQuote", DlErrorKind.InvalidArgument,
                $"'{quote}' cannot be the quote; use a punctuation mark such as ' or \".", quote);
        if (options.Comment is { } comment && (!IsMark(comment) || comment is '"' or '-' or '.'
            || comment == options.Quote || comment == options.Delimiter))
            throw new DlException("InvalidComment", DlErrorKind.InvalidArgument,
                $"'{comment}' cannot begin a comment; use a punctuation mark such as # or %, but neither the quote nor "
                + "the delimiter.", comment);
        return ParserOptions(options.Delimiter, options.Quote ?? '"', options.Comment);
    }

    private static CsvReaderOptions ParserOptions(char? delimiter, char quote, char? comment)
    {
        var options = new CsvReaderOptions
        {
            Separator = delimiter, CommentPrefix = comment, HasHeader = false, TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
        };
        return quote == NoQuote ? options with { Mode = CsvMode.NoEscape } : options with { Quote = quote };
    }

    private static bool IsMark(char c) => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)
        && c is not ('\r' or '\n' or '\0');
}
