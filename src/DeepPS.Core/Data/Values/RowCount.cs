using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How many rows a dataset may have.</summary>
internal static class RowCount
{
    /// <summary>The most rows: so that their numbers, with a batch more, are int.</summary>
    public const int Most = 2_000_000_000;

    /// <summary>Rows and some more.</summary>
    /// <exception cref="DlException"><c>TooManyRows</c>.</exception>
    public static int Sum(int rows, int more) => rows <= Most - more ? rows + more : throw TooMany();

    private static DlException TooMany() => new("TooManyRows", DlErrorKind.NotAvailable,
        $"A dataset has at most {Most:N0} rows; more came. Use fewer rows, or several datasets one after the other.");
}
