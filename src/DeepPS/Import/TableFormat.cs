using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>
/// CSV and TSV files; several become one dataset. Uses the column and CSV parameters, and those for images where
/// -ImageColumn names a column of paths.
/// </summary>
internal sealed class TableFormat : ImportFormat
{
    /// <inheritdoc/>
    public override bool Merges => true;

    /// <inheritdoc/>
    public override bool Takes(string path, ImportDlDatasetCommand cmdlet) => true;

    /// <inheritdoc/>
    public override Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        var paths = files.Select(file => file.Path).ToArray();
        var table = CsvReader.ReadMany(paths, Options(context), context.Cancel);
        if (context.Cmdlet.ImageColumn is not { } column)
            return table;
        var folders = paths.Select(path => Path.GetDirectoryName(path)!).Distinct().ToArray();
        return ImageSetReader.ReadColumn(table, column, folders, ImageParameters.Options(context), context.Cancel);
    }

    /// <summary>The cmdlet's parameters for tables, as options of the reader.</summary>
    public static CsvOptions Options(ImportContext context)
    {
        var cmdlet = context.Cmdlet;
        return new CsvOptions
        {
            Label = cmdlet.Label.FirstOrDefault(),
            MoreLabels = cmdlet.Label.Skip(1).ToArray(),
            Weight = cmdlet.SampleWeight,
            LabelKind = cmdlet.LabelKind,
            Delimiter = cmdlet.Delimiter,
            Quote = cmdlet.Quote?.FirstOrDefault(),
            Encoding = cmdlet.Encoding,
            Decimal = cmdlet.Decimal,
            Thousands = cmdlet.Thousands,
            Comment = cmdlet.Comment,
            MissingValues = cmdlet.MissingValue?.OfType<string>().ToArray(),
            Header = cmdlet.HasHeader,
            Names = cmdlet.Header,
            Columns = cmdlet is { Property: { } columns, ImageColumn: { } image }
                ? [.. columns, image] : cmdlet.Property,
            Settings = Settings(cmdlet),
            MemoryLimit = cmdlet.MemoryLimit,
            CacheFolder = context.Resolve(cmdlet.CachePath),
            Log = context.Log,
            Warn = context.Warn,
            Progress = context.Progress,
        };
    }

    /// <summary>The settings of columns. Paths of images are text, even where they look like numbers.</summary>
    private static Dictionary<string, ColumnSettings> Settings(ImportDlDatasetCommand cmdlet)
    {
        var settings = new Dictionary<string, ColumnSettings>(
            cmdlet.ColumnSettings ?? new Dictionary<string, ColumnSettings>());
        if (cmdlet.ImageColumn is { } images)
            settings[images] = new ColumnSettings { Kind = ColumnKind.Category };
        return settings;
    }
}
