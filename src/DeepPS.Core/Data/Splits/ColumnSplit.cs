using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Assigns rows to the parts that a column names.</summary>
internal static class ColumnSplit
{
    /// <summary>Assigns rows to the parts.</summary>
    /// <exception cref="DlException"><c>UnknownPart</c>: a row's value names no part.</exception>
    public static void Deal(RowParts rows, Column column)
    {
        var (store, levels) = ColumnValues.Levels(column, new Shape());
        var codes = store.Span;
        var parts = levels.Select(PartNames.Of).ToArray();
        var marks = rows.Marks;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0 || parts[codes[row]] < 0)
                throw Unknown(column, row, codes[row] < 0 ? "none" : $"'{levels[codes[row]]}'");
            marks[row] = (RowPart)parts[codes[row]];
        }
    }

    private static DlException Unknown(Column column, int row, string found) =>
        new("UnknownPart", DlErrorKind.InvalidData,
        $"Column '{column.Name}' should name the part of every row: train ({Others(0)}), validation ({Others(1)}) or "
        + $"test ({Others(2)}); row {row + 1:N0} has {found}.", column.Name);

    private static string Others(int part) => string.Join(", ", PartNames.Others(part));
}
