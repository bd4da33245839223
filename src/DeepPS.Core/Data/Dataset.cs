namespace DeepPS;

/// <summary>Typed columns of the same length, one of which may be the label.</summary>
public sealed class Dataset
{
    /// <summary>Makes a dataset.</summary>
    /// <param name="name">What it is called, such as its file's name.</param>
    /// <param name="columns">The columns, all of one length, each name once.</param>
    /// <param name="label">The name of the column to be predicted, in any case; null: none.</param>
    /// <exception cref="DlException"><c>LabelNotFound</c>: there is no such column.</exception>
    public Dataset(string name, IReadOnlyList<Column> columns, string? label = null)
    {
        Name = name;
        Columns = columns.ToArray();
        Label = label is null ? null : Find(label) ?? throw new DlException("LabelNotFound", DlErrorKind.NotFound,
            $"Label '{label}' is not a column. Columns: {string.Join(", ", columns.Select(column => column.Name))}.", label);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>All columns, the label among them.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The column to be predicted; null: none.</summary>
    public Column? Label { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The column with a name, in any case; null where there is none.</summary>
    public Column? Find(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The dataset with some of its rows, in the order given.</summary>
    public Dataset Take(ReadOnlySpan<int> rows)
    {
        var columns = new Column[Columns.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Columns[i].Take(rows);
        return new Dataset(Name, columns, Label?.Name);
    }

    /// <summary>The same columns under another name.</summary>
    public Dataset Named(string name) => new(name, Columns, Label?.Name);

    /// <summary>Name and size on one line.</summary>
    public override string ToString() => $"{Name}: {Count} rows, {Columns.Count} columns";
}
