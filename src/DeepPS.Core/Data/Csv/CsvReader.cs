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
    /// <c>FileNotFound</c>, <c>EmptyFile</c>, <c>RaggedRow</c>, <c>UnclosedQuote</c>, <c>LabelNotFound</c>, <c>WeightNotFound</c>,
    /// <c>InvalidWeight</c>, <c>ColumnNotFound</c>, <c>DuplicateColumn</c>, <c>NotANumber</c>, <c>TruncatedGzip</c>.
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
        var label = IndexOf(layout.Names, options.Label, "Label");
        var weight = IndexOf(layout.Names, options.Weight, "Weight");
        var columns = Builders(layout.Names, label, weight, options);
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
        var settings = options.SettingsByName();
        var built = columns.Select((column, i) => i == label ? LabelColumn.Decide(column!.Build(), LabelKindOf(column, options), options.Log)
            : column?.Build()).OfType<Column>()
            .Select(column => column.With(settings.GetValueOrDefault(column.Name, ColumnSettings.None))).ToArray();
        var dataset = new Dataset(NameOf(paths), built, label < 0 ? null : layout.Names[label], weight < 0 ? null : layout.Names[weight]);
        options.Log?.Invoke($"{dataset}: {string.Join(", ", built.GroupBy(c => c.Kind).Select(g => $"{g.Count()} {g.Key}"))}.");
        return dataset;
    }

    /// <summary>Moves on to the next row.</summary>
    internal static bool MoveNext(CsvHelper.CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new DlException("InvalidCsv", DlErrorKind.InvalidData,
                $"'{path}' cannot be read as CSV after line {reader.LineNumber}: {e.Message} Perhaps a quote opens there and is never closed.", path, e);
        }
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
            MoveNext(reader, path);
        for (var row = 1; MoveNext(reader, path); row++)
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

    /// <summary>The place of a column that is named or numbered; -1 for none.</summary>
    private static int IndexOf(IReadOnlyList<string> names, string? column, string role)
    {
        if (column is null)
            return -1;
        for (var i = 0; i < names.Count; i++)
            if (string.Equals(names[i], column, StringComparison.OrdinalIgnoreCase))
                return i;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= names.Count
            ? number - 1
            : throw new DlException($"{role}NotFound", DlErrorKind.NotFound,
                $"{role} '{column}' is not a column. Columns: {string.Join(", ", names)}; a number from 1 to {names.Count} stands for its place.", column);
    }

    /// <summary>A builder for each column of the file; null for those not wanted.</summary>
    private static ColumnBuilder?[] Builders(IReadOnlyList<string> names, int label, int weight, CsvOptions options)
    {
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = (options.Columns ?? []).Concat(options.Settings?.Keys ?? []).FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{unknown}' is not a column. Columns: {string.Join(", ", names)}.", unknown);
        var wanted = options.Columns?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = options.SettingsByName();
        var builders = names.Select((name, i) =>
        {
            var kind = settings.GetValueOrDefault(name)?.Kind;
            if (i == label)
                return new ColumnBuilder(name, options.LabelKind switch
                {
                    LabelKind.Class => ColumnKind.Category,
                    LabelKind.Number => ColumnKind.Number,
                    _ => kind is ColumnKind.Ignore ? null : kind,
                });
            if (i == weight)
                return new ColumnBuilder(name, ColumnKind.Number);
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
