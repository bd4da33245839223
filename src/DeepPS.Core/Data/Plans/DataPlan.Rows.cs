using DeepPS.Common;

namespace DeepPS.Data;

/// <remarks>The rows that the plan takes: those with the required values, and raw objects.</remarks>
public sealed partial class DataPlan
{
    /// <summary>Makes a dataset from raw objects, with this plan's input columns.</summary>
    /// <param name="rows">Values by property name, in any case.</param>
    /// <exception cref="DlException">
    /// <c>ColumnNotFound</c>, <c>NotANumber</c>, <c>NotACategory</c>, <c>WrongImageSize</c>, <c>WrongArrayShape</c>,
    /// <c>InvalidPixel</c>.
    /// </exception>
    public Dataset Rows(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var columns = InputColumns.Select(column =>
            column.Encoding!.Read(column.Name, rows.Select(row => Value(row, column)).ToArray())).ToArray();
        return new Dataset("objects", columns);
    }

    /// <summary>Makes a dataset from the raw values of this plan's input columns.</summary>
    /// <param name="values">Gives the value of each row, by the name of the column.</param>
    /// <exception cref="DlException">As <see cref="Rows"/>.</exception>
    public Dataset FromColumns(Func<string, object?[]> values)
    {
        var columns = InputColumns.Select(column =>
        {
            var raw = values(column.Name);
            return column.Encoding!.Read(column.Name, column.Written is not { } form ? raw
                : Array.ConvertAll(raw, value => form.Read(value, column.Encoding is NumberEncoder)));
        }).ToArray();
        return new Dataset("objects", columns);
    }

    /// <summary>Makes a dataset from raw objects, with this plan's input columns and label.</summary>
    /// <param name="rows">Values by property name, in any case.</param>
    /// <exception cref="DlException">As <see cref="Rows"/> and <see cref="DatasetBuilder"/>.</exception>
    public Dataset Measured(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var labels = Label is { IsInput: false } ? Label.Parts.Select(part => part.Name).ToArray() : [];
        var builder = new DatasetBuilder { NameLists = Label?.Kind is LabelKind.Labels ? labels : [] };
        foreach (var row in rows)
            builder.Add(Series is not null ? row
                : labels.ToDictionary(name => name, name => Value(row, name), StringComparer.OrdinalIgnoreCase));
        if (labels.Length == 0)
            return Rows(rows);
        var built = builder.Build("objects", labels[0], Label!.Kind, moreLabels: labels[1..]);
        return Series is not null ? built
            : new Dataset("objects", [.. Rows(rows).Columns, .. built.Columns], labels[0], null, labels[1..]);
    }

    /// <summary>How a CSV file is read for this plan: kinds of columns, numbers and missing values as in training.
    /// </summary>
    public CsvOptions CsvOptions()
    {
        var written = Columns.Select(column => column.Written).FirstOrDefault(form => form is not null);
        var labels = Label is { IsInput: false } ? Label.Parts.Select(part => part.Name).ToArray() : [];
        return new CsvOptions
        {
            Label = labels.FirstOrDefault(),
            MoreLabels = labels.Skip(1).ToArray(),
            LabelKind = labels.Length == 0 ? null : Label!.Kind,
            Decimal = written?.Numbers.Decimal,
            Thousands = written?.Numbers.Thousands,
            MissingValues = written?.Missing.Given,
            Settings = Series is not null ? null : InputColumns.Where(column => KindOf(column) is not null)
                .ToDictionary(column => column.Name, SettingsOf),
        };

        static ColumnSettings SettingsOf(ColumnPlan column) =>
            (column.Encoding as TreeEncoder)?.Settings ?? new ColumnSettings { Kind = KindOf(column) };

        static ColumnKind? KindOf(ColumnPlan column) => column.Encoding switch
        {
            NumberEncoder => ColumnKind.Number,
            CategoryEncoder or EmbeddingEncoder or BooleanEncoder => ColumnKind.Category,
            TimeEncoder => ColumnKind.Time,
            TextEncoder => ColumnKind.Text,
            TreeEncoder => ColumnKind.Tree,
            _ => null,
        };
    }

    /// <summary>Whether columns are checked for values unlike those of training.</summary>
    internal bool HasFeatures => Series is null && InputColumns.Any(column => column.Encoding is FeatureEncoder);

    /// <summary>The columns of each row whose values are unlike those of training, separated by commas; null for rows
    /// without such, or where all rows are.</summary>
    internal string?[]? Unfamiliar(Dataset data)
    {
        string?[]? names = null;
        foreach (var column in InputColumns)
        {
            if ((column.Encoding as FeatureEncoder)?.Unfamiliar(Require(data, column.Name)) is not { } flags)
                continue;
            names ??= new string?[data.Count];
            for (var row = 0; row < flags.Length; row++)
                if (flags[row])
                    names[row] = names[row] is { } others ? $"{others}, {column.Name}" : column.Name;
        }

        return names;
    }

    /// <summary>The error in one raw object; null where it can be predicted.</summary>
    public DlException? Check(IReadOnlyDictionary<string, object?> row)
    {
        try
        {
            Require(Rows([row]));
            return null;
        }
        catch (DlException e)
        {
            return e;
        }
    }

    /// <summary>Refuses rows that lack a required value.</summary>
    /// <exception cref="DlException"><c>MissingValue</c>, <c>ColumnNotFound</c>.</exception>
    public void Require(Dataset data) =>
        MissingRows.Refuse(data, Strict(data, MissingRule.Drop).Concat(Strict(data, MissingRule.Refuse)));

    /// <summary>
    /// The rows with all required values and, with labels, a label; and the number of the other rows.
    /// </summary>
    /// <exception cref="DlException"><c>NoLabel</c>, <c>ColumnNotFound</c>, <c>MissingValue</c>.</exception>
    internal (Dataset Kept, int Dropped) Usable(Dataset data, bool withLabel, Action<string>? log) =>
        MissingRows.Drop(data, Needed(data, withLabel), log);

    /// <summary>The numbers of the rows that <see cref="Usable"/> keeps; null: all.</summary>
    /// <exception cref="DlException">As <see cref="Usable"/>.</exception>
    internal ColumnStore<int>? UsableRows(Dataset data, bool withLabel) =>
        MissingRows.Kept(data, Needed(data, withLabel), null);

    /// <summary>The columns that a row must have to be kept; refuses data that lacks other required values.</summary>
    private Column[] Needed(Dataset data, bool withLabel)
    {
        if (withLabel && Label is null)
            throw new DlException("NoLabel", DlErrorKind.InvalidOperation,
                "The plan's data had no label, so there are no targets. Name the label when reading the data.");
        MissingRows.Refuse(data, Strict(data, MissingRule.Refuse));
        var needsLabel = withLabel && Label is { IsInput: false, MayLack: false };
        return [.. needsLabel ? LabelColumns(data) : [], .. Strict(data, MissingRule.Drop)];
    }

    private Column[] LabelColumns(Dataset data) => Label!.Parts.Select(part => Require(data, part.Name)).ToArray();

    private IEnumerable<Column> Strict(Dataset data, MissingRule rule) =>
        InputColumns.Where(column => column.Missing == rule).Select(column => Require(data, column.Name));

    private Column Require(Dataset data, string name) =>
        data.Find(name) ?? throw NotFound(name, data.Columns.Select(column => column.Name));

    private object? Value(IReadOnlyDictionary<string, object?> row, ColumnPlan column) =>
        column.Written is { } form
            ? form.Read(Value(row, column.Name), column.Encoding is NumberEncoder) : Value(row, column.Name);

    private object? Value(IReadOnlyDictionary<string, object?> row, string name)
    {
        if (row.TryGetValue(name, out var value))
            return value;
        foreach (var (key, other) in row)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return other;
        throw NotFound(name, row.Keys);
    }

    private DlException NotFound(string name, IEnumerable<string> present) =>
        new("ColumnNotFound", DlErrorKind.NotFound,
            $"Column '{name}' is missing. Expected: {string.Join(", ", InputColumns.Select(input => input.Name))}. "
            + $"Found: {string.Join(", ", present)}.", name);
}
