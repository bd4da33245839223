namespace DeepPS;

/// <summary>
/// Makes a dataset from objects, property by property. Only arrays of numbers and of level numbers are kept, so a million
/// objects take little memory.
/// </summary>
/// <param name="log">Told what was decided.</param>
public sealed class DatasetBuilder(Action<string>? log = null)
{
    private readonly Dictionary<string, PropertyColumn> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PropertyColumn> order = [];

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row. A property that it lacks is missing; one that is new is missing in the rows before.</summary>
    /// <param name="row">Values by property name: numbers, time spans (as seconds), booleans, text, enumerations, or null.</param>
    public void Add(IReadOnlyDictionary<string, object?> row)
    {
        foreach (var (name, value) in row)
        {
            if (!columns.TryGetValue(name, out var column))
            {
                columns.Add(name, column = new PropertyColumn(name));
                order.Add(column);
            }

            column.Add(Count, value);
        }

        Count++;
    }

    /// <summary>Makes the dataset of the rows added so far.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="label">The property to be predicted; null: none.</param>
    /// <param name="labelKind">Whether the label is a class or a number; null: decided by its values.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>, <c>LabelNotFound</c>, <c>InvalidLabel</c>, <c>NotANumber</c>.</exception>
    public Dataset Build(string name, string? label, LabelKind? labelKind = null)
    {
        if (Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData, "No objects came; a dataset needs at least one.", name);
        var built = new List<Column>();
        foreach (var column in order)
        {
            var isLabel = string.Equals(column.Name, label, StringComparison.OrdinalIgnoreCase);
            if (column.LeftOut is { } reason)
            {
                if (isLabel)
                    throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                        $"Label '{column.Name}' {reason}; a label is a number or text.", column.Name);
                log?.Invoke($"Property '{column.Name}' is left out: it {reason}.");
                continue;
            }

            if (column.Infinite > 0)
                log?.Invoke($"Property '{column.Name}': {column.Infinite:N0} infinite numbers count as missing.");
            built.Add(isLabel
                ? LabelColumn.Decide(column.Build(Count, labelKind is LabelKind.Class), labelKind, log)
                : column.Build(Count));
        }

        return new Dataset(name, built, label);
    }

    /// <summary>One property's values.</summary>
    private sealed class PropertyColumn(string name)
    {
        private readonly ColumnBuilder builder = new(name);

        public string Name => builder.Name;

        /// <summary>Why the property cannot be a column; null where it can.</summary>
        public string? LeftOut { get; private set; }

        public int Infinite { get; private set; }

        public void Add(int row, object? value)
        {
            if (LeftOut is not null)
                return;
            PadTo(row);
            if (value is null or DBNull)
                builder.AddMissing();
            else if (RawValue.IsNumber(value, out var number))
            {
                Infinite += double.IsInfinity(number) ? 1 : 0;
                builder.Add(double.IsFinite(number) ? number : double.NaN);
            }
            else if (RawValue.ToText(value) is { } text)
                builder.Add(text);
            else
                LeftOut = value is DateTime or DateTimeOffset or DateOnly or TimeOnly
                    ? "holds dates; make numbers of them, such as the hour, the day of the week or the days since a date"
                    : $"holds objects of type {value.GetType().Name}";
        }

        public Column Build(int count, bool asCategory = false)
        {
            PadTo(count);
            return builder.Build(asCategory);
        }

        private void PadTo(int count)
        {
            while (builder.Count < count)
                builder.AddMissing();
        }
    }
}
