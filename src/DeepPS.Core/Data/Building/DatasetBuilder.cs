using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Makes a dataset from objects, property by property. Only arrays of numbers and of level numbers are kept, so a million
/// objects take little memory.
/// </summary>
/// <param name="log">Told what was decided.</param>
/// <param name="settings">What is said about single properties, by name; the rest is decided by their values.</param>
public sealed class DatasetBuilder(Action<string>? log = null, IReadOnlyDictionary<string, ColumnSettings>? settings = null)
{
    private readonly Dictionary<string, ColumnSettings> settings = settings is null ? [] : new(settings, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PropertyColumn> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PropertyColumn> order = [];

    /// <summary>Properties whose arrays are names of which a row has any number, such as a label of kind Labels.</summary>
    public IReadOnlyCollection<string> NameLists { get; init; } = [];

    /// <summary>How many rows were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row. A property that it lacks is missing; one that is new is missing in the rows before.</summary>
    /// <param name="row">
    /// Values by property name: numbers, time spans (as seconds), booleans, text, enumerations, points in time, arrays of all but
    /// those, or null.
    /// </param>
    public void Add(IReadOnlyDictionary<string, object?> row)
    {
        foreach (var (name, value) in row)
        {
            if (!columns.TryGetValue(name, out var column))
            {
                columns.Add(name, column = new PropertyColumn(name, LabelColumn.Settings(SettingsOf(name), null)));
                order.Add(column);
            }

            column.Add(Count, value is IList names && NameLists.Contains(name, StringComparer.OrdinalIgnoreCase) ? SeveralNames.Join(names) : value);
        }

        Count++;
    }

    /// <summary>Makes the dataset of the rows added so far.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="label">The property to be predicted; null: none.</param>
    /// <param name="labelKind">What the label is; null: decided by its values.</param>
    /// <param name="weight">The property that says how much each row counts in the loss; null: all the same.</param>
    /// <param name="moreLabels">Further properties to be predicted with the label.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>, <c>LabelNotFound</c>, <c>InvalidLabel</c>, <c>NotANumber</c>,
    /// <c>WeightNotFound</c>, <c>InvalidWeight</c>, <c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotABoolean</c>, <c>NoColumns</c>: nothing is left
    /// that could be learned from.</exception>
    public Dataset Build(string name, string? label, LabelKind? labelKind = null, string? weight = null,
        IReadOnlyList<string>? moreLabels = null)
    {
        if (Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData, "No objects came; a dataset needs at least one.", name);
        if (settings.Keys.FirstOrDefault(name => !columns.ContainsKey(name)) is { } unknown)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{unknown}' is not a property of the objects. Properties: {string.Join(", ", order.Select(column => column.Name))}.", unknown);
        var labels = new HashSet<string>([.. label is null ? [] : new[] { label }, .. moreLabels ?? []], StringComparer.OrdinalIgnoreCase);
        var built = new List<Column>();
        var leftOut = new List<string>();
        foreach (var column in order)
        {
            var isLabel = labels.Contains(column.Name);
            if (SettingsOf(column.Name).Kind is ColumnKind.Ignore && !isLabel)
                continue;
            if (column.LeftOut is { } reason)
            {
                if (isLabel)
                    throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
                        $"Label '{column.Name}' {reason}; a label is a number or text, or an array of them of one shape.", column.Name);
                log?.Invoke($"Property '{column.Name}' is left out: it {reason}.");
                leftOut.Add($"'{column.Name}' {reason}");
                continue;
            }

            if (column.Infinite > 0)
                log?.Invoke($"Property '{column.Name}': {column.Infinite:N0} infinite numbers count as missing.");
            var made = column.Build(Count, isLabel, labelKind is LabelKind.Class or LabelKind.Labels, log);
            if (isLabel)
                made = LabelColumn.Decide(made, labelKind, labels.Count > 1, log);
            built.Add(made.Settings == ColumnSettings.None ? made.With(SettingsOf(column.Name)) : made);
        }

        if (leftOut.Count > 0 && built.All(column => labels.Contains(column.Name)))
            throw new DlException("NoColumns", DlErrorKind.InvalidData,
                $"No property of the objects can be a column. Left out: {string.Join("; ", leftOut)}.", name);
        return new Dataset(name, built, label, weight, moreLabels);
    }

    private ColumnSettings SettingsOf(string name) => settings.GetValueOrDefault(name, ColumnSettings.None);
}
