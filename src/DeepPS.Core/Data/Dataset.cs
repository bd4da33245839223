using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Typed columns of the same length, one of which may be the label, and one say how much each row counts.</summary>
public sealed class Dataset
{
    /// <summary>Makes a dataset.</summary>
    /// <param name="name">What it is called, such as its file's name.</param>
    /// <param name="columns">The columns, all of one length, each name once.</param>
    /// <param name="label">The name of the column to be predicted, in any case; null: none.</param>
    /// <param name="weight">The name of the column of sample weights, in any case; null: none.</param>
    /// <param name="moreLabels">The names of further columns to be predicted with the label.</param>
    /// <exception cref="DlException"><c>LabelNotFound</c>, <c>WeightNotFound</c>: there is no such column;
    /// <c>InvalidWeight</c>: a weight is missing or below 0; <c>InvalidLabel</c>: labels cannot be predicted together.</exception>
    public Dataset(string name, IReadOnlyList<Column> columns, string? label = null, string? weight = null, IReadOnlyList<string>? moreLabels = null)
    {
        Name = name;
        Columns = columns.ToArray();
        Labels = label is null ? [] : [Named(label, "Label"), .. (moreLabels ?? []).Select(more => Named(more, "Label"))];
        if (Labels.Count > 1)
            LabelFitting.KindOf(Labels);
        Weight = weight is null ? null : SampleWeights.Of(Named(weight, "Weight"), Label);
        if (Weight is not null)
            Columns = Columns.Select(column => column.Name == Weight.Name ? Weight : column).ToArray();
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>All columns, the label among them.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The column to be predicted, of several the first; null: none.</summary>
    public Column? Label => Labels.Count > 0 ? Labels[0] : null;

    /// <summary>The columns to be predicted.</summary>
    public IReadOnlyList<Column> Labels { get; }

    /// <summary>How much each row counts in the loss; null: all the same.</summary>
    public NumberColumn? Weight { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>How much memory it may take; null: as much as it needs.</summary>
    internal MemoryBudget? Budget { get; init; }

    /// <summary>The column with a name, in any case; null where there is none.</summary>
    public Column? Find(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The dataset with some of its rows, in the order given.</summary>
    public Dataset Take(ReadOnlySpan<int> rows)
    {
        var elsewhere = Budget?.Beyond(Columns.Sum(column => column.RowBytes) * rows.Length);
        var columns = new Column[Columns.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Columns[i].Take(rows, elsewhere);
        return new Dataset(Name, columns, Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };
    }

    /// <summary>The dataset with a column in the place of the one of its name.</summary>
    internal Dataset With(Column column) =>
        new(Name, Columns.Select(other => other.Name == column.Name ? column : other).ToArray(), Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };

    /// <summary>The same columns under another name.</summary>
    public Dataset Named(string name) => new(name, Columns, Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };

    /// <summary>The same values with columns changed one by one, such as in their settings.</summary>
    internal Dataset With(Func<Column, Column> change) =>
        new(Name, Columns.Select(column => IsLabel(column) || column == Weight ? column : change(column)).ToArray(), Label?.Name, Weight?.Name, MoreLabels) { Budget = Budget };

    /// <summary>Whether a column is to be predicted.</summary>
    internal bool IsLabel(Column column) => Labels.Contains(column);

    /// <summary>The names of the labels after the first.</summary>
    internal IReadOnlyList<string> MoreLabels => Labels.Skip(1).Select(column => column.Name).ToArray();

    /// <summary>Name and size on one line.</summary>
    public override string ToString() => $"{Name}: {Count} rows, {Columns.Count} columns";

    private Column Named(string column, string role) => Find(column) ?? throw new DlException($"{role}NotFound", DlErrorKind.NotFound,
        $"{role} '{column}' is not a column. Columns: {string.Join(", ", Columns.Select(c => c.Name))}.", column);
}
