using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads the input columns of a plan from chunks of a file: as typed columns where every value suits its
/// column, else as the texts of each row, which are treated like properties of objects.</summary>
internal sealed class CsvRowReading
{
    private readonly CsvLayout layout;
    private readonly ColumnPlan[] inputs;
    private readonly ColumnPlan?[] places;
    private readonly CsvDialect dialect;
    private readonly bool isTyped;

    /// <summary>Finds the columns of a plan in a file.</summary>
    /// <exception cref="DlException"><c>ColumnNotFound</c>.</exception>
    public CsvRowReading(DataPlan plan, CsvLayout layout, string path)
    {
        this.layout = layout;
        inputs = plan.InputColumns.ToArray();
        if (inputs.FirstOrDefault(column => PlaceOf(layout, column.Name) < 0) is { } absent)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{path}' has no column '{absent.Name}', which the model needs. "
                + $"Columns: {string.Join(", ", layout.Names)}.", absent.Name);
        places = new ColumnPlan?[layout.Names.Count];
        foreach (var column in inputs)
            places[PlaceOf(layout, column.Name)] = column;
        var formats = inputs.Where(column => column.Encoding is NumberEncoder).Select(FormatOf).Distinct().ToArray();
        dialect = layout.Dialect with { Numbers = formats.Length > 0 ? formats[0] : NumberFormat.Plain };
        isTyped = formats.Length <= 1 && inputs.All(column => column.Encoding is NumberEncoder or CategoryEncoder
            or EmbeddingEncoder or BooleanEncoder or TimeEncoder or TextEncoder);
    }

    /// <summary>How the file is written.</summary>
    public CsvDialect Dialect => layout.Dialect;

    /// <summary>A chunk for typed columns, to be used again.</summary>
    public CsvChunk NewChunk() => new()
    {
        Columns = Array.ConvertAll(places, column => column is null || !isTyped ? null
            : new ChunkColumn(column.Name, column.Encoding is NumberEncoder ? ColumnKind.Number : ColumnKind.Category,
                mayBeTime: false, FormatOf(column), column.Written?.Missing ?? MissingTexts.Usual)),
    };

    /// <summary>The ranges of the rows of a chunk.</summary>
    public List<(int First, int Length)> Rows(CsvChunk chunk) =>
        CsvRows.Of(chunk.Rows, dialect, layout.Header && chunk.IsFirst);

    /// <summary>The rows of a chunk as a dataset; null where a value does not suit its column.</summary>
    public Dataset? Typed(CsvChunk chunk)
    {
        if (!isTyped)
            return null;
        chunk.Parse(dialect, layout.Header, layout.IsGuess, plain: true);
        return chunk.IsUtf8 && chunk.Fault is null
            ? new Dataset("rows", places.Zip(chunk.Columns).Where(pair => pair.First is not null)
                .Select(pair => ColumnOf(pair.First!, pair.Second!)).ToArray())
            : null;
    }

    /// <summary>The texts of a chunk, by column and row, and the error in the first row that is none.</summary>
    public (Dictionary<string, object?[]> Values, CsvFault? Fault, bool IsUtf8) Texts(CsvChunk chunk)
    {
        var copy = new CsvChunk
        {
            Columns = Array.ConvertAll(places, column => column is null ? null
                : new ChunkColumn(column.Name, ColumnKind.Category, mayBeTime: false, NumberFormat.Plain, Empty)),
        };
        chunk.Rows.CopyTo(copy.Room(chunk.Length));
        (copy.Length, copy.IsFirst) = (chunk.Length, chunk.IsFirst);
        copy.Parse(dialect, layout.Header, layout.IsGuess, plain: true);
        var values = new Dictionary<string, object?[]>(StringComparer.OrdinalIgnoreCase);
        if (copy.IsUtf8 && copy.Fault is null)
            foreach (var column in copy.Columns.OfType<ChunkColumn>())
            {
                var levels = column.Levels.Names.ToArray();
                values[column.Name] =
                    Array.ConvertAll(column.Codes.ToArray(), code => code < 0 ? null : (object?)levels[code]);
            }

        return (values, copy.Fault, copy.IsUtf8);
    }

    private static readonly MissingTexts Empty = new([]);

    private static NumberFormat FormatOf(ColumnPlan column) => column.Written?.Numbers ?? NumberFormat.Plain;

    private static int PlaceOf(CsvLayout layout, string name)
    {
        for (var i = 0; i < layout.Names.Count; i++)
            if (string.Equals(layout.Names[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }

    private static Column ColumnOf(ColumnPlan plan, ChunkColumn column) => plan.Encoding is NumberEncoder
        ? new NumberColumn(plan.Name, column.Numbers.ToArray())
        : new CategoryColumn(plan.Name, column.Codes.ToArray(), column.Levels.Names.ToArray());
}
