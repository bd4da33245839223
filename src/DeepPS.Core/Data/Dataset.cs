using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Typed columns of the same length; some may be labels, and one the weight of each row.</summary>
public sealed class Dataset
{
    /// <summary>Makes a dataset.</summary>
    /// <param name="name">The dataset's name, such as that of its file.</param>
    /// <param name="columns">The columns, all of one length, with unique names.</param>
    /// <param name="label">The name of the column to predict, in any case; null: none.</param>
    /// <param name="weight">The name of the column of sample weights, in any case; null: none.</param>
    /// <param name="moreLabels">The names of further columns to predict together with the label.</param>
    /// <exception cref="DlException"><c>LabelNotFound</c>, <c>WeightNotFound</c>: there is no such column;
    /// <c>InvalidWeight</c>: a weight is missing or below 0; <c>InvalidLabel</c>: labels cannot be predicted
    /// together.</exception>
    public Dataset(string name, IReadOnlyList<Column> columns, string? label = null, string? weight = null,
        IReadOnlyList<string>? moreLabels = null)
    {
        Name = name;
        Columns = columns.ToArray();
        Labels = label is null ? []
            : [Named(label, "Label"), .. (moreLabels ?? []).Select(more => Named(more, "Label"))];
        if (Labels.Count > 1)
            LabelFitting.KindOf(Labels);
        Weight = weight is null ? null : SampleWeights.Of(Named(weight, "Weight"), Label);
        if (Weight is not null)
            Columns = Columns.Select(column => column.Name == Weight.Name ? Weight : column).ToArray();
    }

    /// <summary>The dataset's name.</summary>
    public string Name { get; }

    /// <summary>All columns, the label among them.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The column to predict, the first of several; null: none.</summary>
    public Column? Label => Labels.Count > 0 ? Labels[0] : null;

    /// <summary>The columns to predict.</summary>
    public IReadOnlyList<Column> Labels { get; }

    /// <summary>The weight of each row in the loss; null: all the same.</summary>
    public NumberColumn? Weight { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The memory that it may take; null: unlimited.</summary>
    internal MemoryBudget? Budget { get; init; }

    /// <summary>The column with a name, in any case; null where there is none.</summary>
    public Column? Find(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The value of a row; that of a label in the type of its classes, such as whole numbers, as predictions have it.
    /// </summary>
    public object? ValueOf(Column column, int row) => IsLabel(column) ? ClassValues.OfRow(column, row) : column[row];

    /// <summary>The dataset with some of its rows, in the order given.</summary>
    public Dataset Take(ReadOnlySpan<int> rows)
    {
        var elsewhere = Budget?.Beyond(Columns.Sum(column => column.RowBytes) * rows.Length);
        var columns = new Column[Columns.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Columns[i].Take(rows, elsewhere);
        return new Dataset(Name, columns, Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };
    }

    /// <summary>Replaces the column of the same name.</summary>
    internal Dataset With(Column column) =>
        new(Name, Columns.Select(other => other.Name == column.Name ? column : other).ToArray(), Label?.Name,
            Weight?.Name, MoreLabels)
        {
            Budget = Budget,
        };

    /// <summary>The same columns under another name.</summary>
    public Dataset Named(string name) => new(name, Columns, Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };

    /// <summary>Changes the columns, except label and weight, one by one.</summary>
    internal Dataset With(Func<Column, Column> change) =>
        new(Name, Columns.Select(column => IsLabel(column) || column == Weight ? column : change(column)).ToArray(),
            Label?.Name, Weight?.Name, MoreLabels)
        {
            Budget = Budget,
        };

    /// <summary>Whether a column is a label.</summary>
    internal bool IsLabel(Column column) => Labels.Contains(column);

    /// <summary>The names of the labels after the first.</summary>
    internal IReadOnlyList<string> MoreLabels => Labels.Skip(1).Select(column => column.Name).ToArray();

    /// <summary>Name and size on one line.</summary>
    public override string ToString() => $"{Name}: {Count} rows, {Columns.Count} columns";

    private Column Named(string column, string role) => Find(column)
        ?? throw new DlException($"{role}NotFound", DlErrorKind.NotFound,
            $"{role} '{column}' is not a column. Columns: {string.Join(", ", Columns.Select(c => c.Name))}.", column);
}
