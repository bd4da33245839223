using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>CSV files with the same columns, read in chunks on all cores, and joined in their order.</summary>
internal sealed class CsvTable
{
    private readonly IReadOnlyList<string> paths;
    private readonly CsvOptions options;
    private readonly MissingTexts missing;
    private readonly CsvLayout[] layouts;
    private long most, given;

    /// <summary>Reads the first lines of all files.</summary>
    /// <param name="paths">The files, one or more.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="encodings">Their encodings; null: detected.</param>
    /// <exception cref="DlException"><c>ColumnsDiffer</c>: a file has other columns than the first.</exception>
    public CsvTable(IReadOnlyList<string> paths, CsvOptions options, Encoding?[] encodings)
    {
        (this.paths, this.options) = (paths, options);
        missing = options.MissingValues is null ? MissingTexts.Usual : new MissingTexts(options.MissingValues);
        layouts = new CsvLayout[paths.Count];
        for (var i = 0; i < layouts.Length; i++)
            layouts[i] = i == 0 ? CsvLayout.Of(paths[0], options, encodings[0]) : Following(paths[i], encodings[i]);
    }

    /// <summary>How the first file is written, and the names of the columns.</summary>
    public CsvLayout Layout => layouts[0];

    /// <summary>How each file is written.</summary>
    public IReadOnlyList<CsvLayout> Layouts => layouts;

    /// <summary>Reads all rows.</summary>
    /// <param name="columns">The columns by their place; null for those that are not read.</param>
    /// <param name="mostText">The largest number of bytes of text that these columns may come from.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>
    /// The number of a file that is not UTF-8 although its first bytes are; null: all rows were read.
    /// </returns>
    /// <exception cref="MoreTextException">There is more text.</exception>
    public int? Fill(CsvColumn?[] columns, long mostText, CancellationToken cancel)
    {
        most = mostText;
        if (FillOnce(columns, cancel) is { } wrong)
            return wrong;
        // Numbers before the first text become texts such as 007, so the file is read again to keep their digits.
        var mixed = Array.ConvertAll(columns, column => column?.State is ColumnState.Mixed ? column : null);
        foreach (var column in mixed)
            column?.BecomeNames();
        return mixed.Any(column => column is not null) ? FillOnce(mixed, cancel) : null;
    }

    private int? FillOnce(CsvColumn?[] columns, CancellationToken cancel)
    {
        given = 0;
        for (var i = 0; i < paths.Count; i++)
            if (!Fill(columns, i, cancel))
                return i;
        return null;
    }

    /// <summary>Reads the rows of one file. False where it is not in UTF-8.</summary>
    private bool Fill(CsvColumn?[] columns, int file, CancellationToken cancel)
    {
        var layout = layouts[file];
        using var text = CsvText.Open(paths[file], layout.Encoding);
        var reading = new CsvReading(text, layout, columns, missing, options);
        reading.Run(cancel, () =>
        {
            if (given + text.Given > most)
                throw new MoreTextException();
            options.Progress?.Invoke((file + text.Fraction) / paths.Count);
        });
        given += text.Given;
        if (reading.Fault is not { } fault)
            return reading.IsUtf8;
        text.EnsureWhole();
        throw fault.Error(paths[file], fault.Line);
    }

    private CsvLayout Following(string path, Encoding? encoding)
    {
        var own = CsvLayout.Of(path, options with { Header = Layout.Header, Log = null }, encoding);
        if (!own.Names.SequenceEqual(Layout.Names, StringComparer.OrdinalIgnoreCase))
            throw new DlException("ColumnsDiffer", DlErrorKind.InvalidData,
                $"'{path}' has columns {string.Join(", ", own.Names)}; '{paths[0]}' has "
                + $"{string.Join(", ", Layout.Names)}. "
                + "Files read together must have the same columns.", path);
        return own with { Dialect = own.Dialect with { Numbers = Layout.Dialect.Numbers } };
    }
}
