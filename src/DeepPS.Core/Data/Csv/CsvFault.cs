using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An error in a row.</summary>
/// <param name="Line">The line in its chunk of the file, from 1.</param>
/// <param name="Error">Makes the exception for a path and a line of the file.</param>
internal sealed record CsvFault(long Line, Func<string, long, DlException> Error)
{
    public static CsvFault Ragged(long line, int expected, int found) => new(line, (path, at) =>
        new DlException("RaggedRow", DlErrorKind.InvalidData,
            $"'{path}', line {at}: {expected} values expected, {found} "
            + "found. A value that holds the delimiter must be quoted.", path));

    public static CsvFault NotANumber(long line, string column, string text) =>
        new(line, (path, at) => ColumnValues.NotANumber(column, text, $" in '{path}', line {at}"));

    public static CsvFault UnclosedQuote(long line) => new(line, (path, at) =>
        new DlException("UnclosedQuote", DlErrorKind.InvalidData,
            $"'{path}', line {at}: a quoted value opens and is never closed. Close the quote or double it.", path));
}
