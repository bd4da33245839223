using System.Globalization;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads CSV files, gzipped or not, into typed columns.</summary>
public static class CsvReader
{
    /// <summary>The approximate ratio of text to its compressed form.</summary>
    private const int UsualCompression = 5;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>, <c>EmptyFile</c>, <c>RaggedRow</c>, <c>UnclosedQuote</c>, <c>LabelNotFound</c>,
    /// <c>WeightNotFound</c>, <c>InvalidWeight</c>, <c>ColumnNotFound</c>, <c>DuplicateColumn</c>, <c>NotANumber</c>,
    /// <c>NotATime</c>, <c>NotABoolean</c>, <c>TruncatedGzip</c>, <c>UnknownEncoding</c>, <c>InvalidDelimiter</c>,
    /// <c>InvalidQuote</c>, <c>InvalidComment</c>, <c>InvalidNumberFormat</c>.
    /// </exception>
    public static Dataset Read(string path, CsvOptions options, CancellationToken cancel = default) =>
        ReadMany([path], options, cancel);

    /// <summary>The names of the columns of a file, from its first lines.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DlException"><c>FileNotFound</c>, <c>EmptyFile</c>, <c>UnclosedQuote</c>.</exception>
    public static IReadOnlyList<string> ColumnNames(string path) => CsvLayout.Of(path, new CsvOptions(), null).Names;

    /// <summary>Reads files with the same columns as one dataset, row after row.</summary>
    /// <param name="paths">The files, one or more.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// As <see cref="Read"/>; <c>ColumnsDiffer</c>: a file has other columns than the first.
    /// </exception>
    public static Dataset ReadMany(IReadOnlyList<string> paths, CsvOptions options, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count);
        PlainRows.Compile();
        var encodings = new Encoding?[paths.Count];
        Array.Fill(encodings, options.Encoding is null ? null : CsvEncoding.Named(options.Encoding));
        var size = paths.Sum(SizeOf);
        while (true)
        {
            var table = new CsvTable(paths, options, encodings);
            var labels = options.MoreLabels.Prepend(options.Label)
                .Select(name => IndexOf(table.Layout.Names, name, "Label")).Where(i => i >= 0).ToArray();
            var weight = IndexOf(table.Layout.Names, options.Weight, "Weight");
            var memory = MemoryBudget.Of(options.MemoryLimit, options.CacheFolder);
            var budget = memory.Beyond(size);
            if (budget is not null)
                options.Log?.Invoke(
                    $"'{paths[0]}' is larger than the {budget.Share >> 20:N0} MiB that its columns may take in memory: "
                    + "they are in files.");
            var columns = Columns(table.Layout.Names, labels, weight, options, budget);
            try
            {
                if (table.Fill(columns, budget is null ? memory.Share : long.MaxValue, cancel) is not { } wrong)
                    return Build(columns, labels, weight, paths, table.Layout, options, budget);
                options.Log?.Invoke(
                    $"'{paths[wrong]}' is not UTF-8 throughout; it is read as {CsvEncoding.Fallback.WebName}, which "
                    + "includes Latin-1.");
                encodings[wrong] = CsvEncoding.Fallback;
            }
            catch (MoreTextException)
            {
                size = long.MaxValue;
            }
        }
    }

    private static Dataset Build(
        CsvColumn?[] columns, int[] labels, int weight, IReadOnlyList<string> paths, CsvLayout layout,
        CsvOptions options, MemoryBudget? budget)
    {
        if (columns.OfType<CsvColumn>().First().Count == 0)
            throw DataFile.Empty(paths[0], "has a header and no rows");
        var settings = options.SettingsByName();
        var built = new List<Column>();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i]?.Build(
                layout.Dialect.DecimalComma, layout.Dialect.Numbers, options.Log, options.Warn) is not { } column)
                continue;
            var wished = settings.GetValueOrDefault(column.Name, ColumnSettings.None);
            if (labels.Contains(i))
                column = LabelColumn.Decide(
                    column.Settings == ColumnSettings.None ? column.With(wished) : column,
                    LabelColumn.KindOf(wished, LabelKindOf(columns[i]!, options)), labels.Length > 1, options.Log);
            var own = column.Settings == ColumnSettings.None ? wished : column.Settings;
            var written = WrittenForm.Of(
                column.Facts.Written?.Numbers ?? layout.Dialect.Numbers, options.MissingValues);
            built.Add(column.With(own).WithFacts(column.Facts with { Written = written }));
        }

        var dataset = new Dataset(NameOf(paths), built, labels.Length == 0 ? null : layout.Names[labels[0]],
            weight < 0 ? null : layout.Names[weight],
            labels.Skip(1).Select(i => layout.Names[i]).ToArray())
        {
            Budget = budget,
        };
        MissingRows.WarnOfLabels(dataset, options.Warn);
        options.Log?.Invoke(
            $"{dataset}: {string.Join(", ", built.GroupBy(c => c.Kind).Select(g => $"{g.Count()} {g.Key}"))}.");
        return dataset;
    }

    /// <summary>The place of a column given by name or number; -1 for none.</summary>
    private static int IndexOf(IReadOnlyList<string> names, string? column, string role)
    {
        if (column is null)
            return -1;
        for (var i = 0; i < names.Count; i++)
            if (string.Equals(names[i], column, StringComparison.OrdinalIgnoreCase))
                return i;
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && number <= names.Count
            ? number - 1
            : throw new DlException($"{role}NotFound", DlErrorKind.NotFound,
                $"{role} '{column}' is not a column. Columns: {string.Join(", ", names)}; or use a number from 1 to "
                + $"{names.Count}, its place.", column);
    }

    /// <summary>The columns of the file; null for those not read.</summary>
    private static CsvColumn?[] Columns(
        IReadOnlyList<string> names, int[] labels, int weight, CsvOptions options, MemoryBudget? budget)
    {
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = (options.Columns ?? []).Concat(options.Settings?.Keys ?? [])
            .FirstOrDefault(name => !known.Contains(name));
        if (unknown is not null)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{unknown}' is not a column. Columns: {string.Join(", ", names)}.", unknown);
        var wanted = options.Columns?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = options.SettingsByName();
        var columns = names.Select((name, i) =>
        {
            var own = settings.GetValueOrDefault(name, ColumnSettings.None);
            if (labels.Contains(i))
                return new CsvColumn(name, LabelColumn.Settings(own, LabelColumn.KindOf(own, options.LabelKind)),
                    mayBeTime: false, budget);
            if (i == weight)
                return new CsvColumn(name, own with { Kind = ColumnKind.Number }, mayBeTime: false, budget);
            return own.Kind is ColumnKind.Ignore || wanted?.Contains(name) == false ? null
                : new CsvColumn(name, own, mayBeTime: true, budget);
        }).ToArray();
        return columns.Any(column => column is not null) ? columns
            : throw new DlException("NoColumns", DlErrorKind.InvalidArgument,
            $"Every column is left out. Columns: {string.Join(", ", names)}.");
    }

    private static LabelKind? LabelKindOf(CsvColumn label, CsvOptions options) =>
        options.LabelKind ?? (label.Kind is ColumnKind.Number ? LabelKind.Number : null);

    /// <summary>The number of bytes of a file's text; an estimate for a compressed one.</summary>
    private static long SizeOf(string path)
    {
        using var file = DataFile.Open(path);
        return file.IsCompressed ? UsualCompression * file.FileSize : file.FileSize;
    }

    private static string NameOf(IReadOnlyList<string> paths)
    {
        var name = Path.GetFileName(paths[0]);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        return Path.GetFileNameWithoutExtension(name);
    }
}
