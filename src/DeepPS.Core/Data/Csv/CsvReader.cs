using System.Globalization;
using System.Text;
using CsvHelper;

namespace DeepPS;

/// <summary>Reads CSV files, gzipped or not, into typed columns.</summary>
public static class CsvReader
{
    private const int RowsBetweenReports = 4096;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>, <c>EmptyFile</c>, <c>RaggedRow</c>, <c>UnclosedQuote</c>, <c>LabelNotFound</c>, <c>ColumnNotFound</c>,
    /// <c>DuplicateColumn</c>, <c>NotANumber</c>, <c>TruncatedGzip</c>.
    /// </exception>
    public static Dataset Read(string path, CsvOptions options, CancellationToken cancel = default) => ReadMany([path], options, cancel);

    /// <summary>Reads files with the same columns as one dataset, row after row.</summary>
    /// <param name="paths">The files, one or more.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">As <see cref="Read"/>; <c>ColumnsDiffer</c>: a file has other columns than the first.</exception>
    public static Dataset ReadMany(IReadOnlyList<string> paths, CsvOptions options, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count);
        var layout = CsvLayout.Of(paths[0], options);
        var label = options.Label is null ? -1 : LabelIndex(layout.Names, options.Label);
        var columns = Builders(layout.Names, label, options);
        for (var i = 0; i < paths.Count; i++)
        {
            var own = i == 0 ? layout : CsvLayout.Of(paths[i], options with { Header = layout.Header, Log = null });
            if (!own.Names.SequenceEqual(layout.Names, StringComparer.OrdinalIgnoreCase))
                throw new DlException("ColumnsDiffer", DlErrorKind.InvalidData,
                    $"'{paths[i]}' has columns {string.Join(", ", own.Names)}; '{paths[0]}' has {string.Join(", ", layout.Names)}. "
                    + "Files read together have the same columns.", paths[i]);
            Fill(columns, paths[i], own, options, cancel);
        }

        if (columns.OfType<ColumnBuilder>().First().Count == 0)
            throw DataFile.Empty(paths[0], "has a header and no rows");
        var built = columns.Select((column, i) => i == label ? LabelColumn.Decide(column!.Build(), LabelKindOf(column, options), options.Log)
            : column?.Build()).OfType<Column>().ToArray();
        var dataset = new Dataset(NameOf(paths), built, label < 0 ? null : layout.Names[label]);
        options.Log?.Invoke($"{dataset}: {string.Join(", ", built.GroupBy(c => c.Kind).Select(g => $"{g.Count()} {g.Key}"))}.");
        return dataset;
    }

    private static void Fill(ColumnBuilder?[] columns, string path, CsvLayout layout, CsvOptions options, CancellationToken cancel)
    {
        using var file = DataFile.Open(path);
        var unclosed = 0L;
        using var reader = CsvHelper.CsvReader.Create(file, CsvLayout.ParserOptions(layout.Delimiter) with
        {
            OnMalformedRecord = record => unclosed = record.Reason == CsvMalformedReason.UnterminatedQuote ? record.LineNumber : unclosed,
        });
        if (layout.Header)
            reader.Read();
        for (var row = 1; reader.Read(); row++)
        {
            if ((unclosed > 0 ? UnclosedQuote(path, unclosed) : AddRow(columns, path, reader)) is { } error)
            {
                file.EnsureWhole();
                throw error;
            }

            if (row % RowsBetweenReports != 0)
                continue;
            cancel.ThrowIfCancellationRequested();
            options.Progress?.Invoke(file.Fraction);
        }
    }

    private static DlException? AddRow(ColumnBuilder?[] columns, string path, CsvHelper.CsvReader reader)
    {
        if (reader.FieldCount != columns.Length)
            return new DlException("RaggedRow", DlErrorKind.InvalidData,
                $"'{path}', line {reader.LineNumber}: {columns.Length} values expected, {reader.FieldCount} found. "
                + "A value that holds the delimiter must be quoted.", path);
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is { } column && !column.Add(reader.GetSpan(i)))
                return ColumnValues.NotANumber(column.Name, Encoding.UTF8.GetString(reader.GetSpan(i)), $" in '{path}', line {reader.LineNumber}");
        return null;
    }

    private static DlException UnclosedQuote(string path, long line) => new("UnclosedQuote", DlErrorKind.InvalidData,
        $"'{path}', line {line}: a quoted value opens and is never closed. Close the quote or double it.", path);

    private static int LabelIndex(IReadOnlyList<string> names, string label)
    {
        for (var i = 0; i < names.Count; i++)
            if (string.Equals(names[i], label, StringComparison.OrdinalIgnoreCase))
                return i;
        return int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= names.Count
            ? number - 1
            : throw new DlException("LabelNotFound", DlErrorKind.NotFound,
                $"Label '{label}' is not a column. Columns: {string.Join(", ", names)}; a number from 1 to {names.Count} stands for its place.", label);
    }

    /// <summary>A builder for each column of the file; null for those not wanted.</summary>
    private static ColumnBuilder?[] Builders(IReadOnlyList<string> names, int label, CsvOptions options)
    {
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = (options.Columns ?? []).Concat(options.ColumnKinds?.Keys ?? []).FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{unknown}' is not a column. Columns: {string.Join(", ", names)}.", unknown);
        var wanted = options.Columns?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kinds = new Dictionary<string, ColumnKind>(options.ColumnKinds ?? new Dictionary<string, ColumnKind>(), StringComparer.OrdinalIgnoreCase);
        var builders = names.Select((name, i) =>
        {
            ColumnKind? kind = kinds.TryGetValue(name, out var given) ? given : null;
            if (i == label)
                return new ColumnBuilder(name, options.LabelKind switch
                {
                    LabelKind.Class => ColumnKind.Category,
                    LabelKind.Number => ColumnKind.Number,
                    _ => kind is ColumnKind.Ignore ? null : kind,
                });
            return kind is ColumnKind.Ignore || wanted?.Contains(name) == false ? null : new ColumnBuilder(name, kind);
        }).ToArray();
        return builders.Any(builder => builder is not null) ? builders : throw new DlException("NoColumns", DlErrorKind.InvalidArgument,
            $"Every column is left out. Columns: {string.Join(", ", names)}.");
    }

    private static LabelKind? LabelKindOf(ColumnBuilder label, CsvOptions options) =>
        options.LabelKind ?? (label.Kind is ColumnKind.Number ? LabelKind.Number : null);

    private static string NameOf(IReadOnlyList<string> paths)
    {
        var name = Path.GetFileName(paths[0]);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }
}
