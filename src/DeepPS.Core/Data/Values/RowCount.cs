using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The limit on a dataset's number of rows.</summary>
internal static class RowCount
{
    /// <summary>The largest number of rows: so that their numbers, plus a batch, are int.</summary>
    public const int Most = 2_000_000_000;

    /// <summary>Adds numbers of rows.</summary>
    /// <exception cref="DlException"><c>TooManyRows</c>.</exception>
    public static int Sum(int rows, int more) => rows <= Most - more ? rows + more : throw TooMany();

    private static DlException TooMany() => new("TooManyRows", DlErrorKind.NotAvailable,
        $"A dataset can have at most {Most:N0} rows; this one has more. Use fewer rows, or several datasets.");
}
