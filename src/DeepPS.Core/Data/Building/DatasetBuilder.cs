using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Makes a dataset from objects, property by property. It keeps only arrays of numbers and of level numbers, so a
/// million objects take little memory.
/// </summary>
/// <param name="log">Receives messages about decisions.</param>
/// <param name="settings">The user's wishes for single properties, by name; the values decide the rest.</param>
public sealed class DatasetBuilder(
    Action<string>? log = null, IReadOnlyDictionary<string, ColumnSettings>? settings = null)
{
    private readonly Dictionary<string, ColumnSettings> settings =
        settings is null ? [] : new(settings, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PropertyColumn> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PropertyColumn> order = [];

    /// <summary>Receives warnings: properties and values that are left out, rows without a label.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Properties whose arrays hold any number of names, such as a label of kind Labels.</summary>
    public IReadOnlyCollection<string> NameLists { get; init; } = [];

    /// <summary>The number of rows added.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Adds a row. Properties that it lacks are missing values; a new property is missing in the rows before.
    /// </summary>
    /// <param name="row">
    /// Values by property name: numbers, time spans (as seconds), booleans, text, enumerations, points in time, arrays
    /// of all but those, or null.
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

            column.Add(Count, value is IList names && NameLists.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? SeveralNames.Join(names) : value);
        }

        Count++;
    }

    /// <summary>Makes the dataset of the rows added so far.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="label">The property to predict; null: none.</param>
    /// <param name="labelKind">The kind of the label; null: decided by its values.</param>
    /// <param name="weight">The property with the weight of each row in the loss; null: all the same.</param>
    /// <param name="moreLabels">Further properties to predict together with the label.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>, <c>LabelNotFound</c>, <c>InvalidLabel</c>, <c>NotANumber</c>,
    /// <c>WeightNotFound</c>, <c>InvalidWeight</c>, <c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotABoolean</c>,
    /// <c>NoColumns</c>: no property is left to learn from.</exception>
    public Dataset Build(string name, string? label, LabelKind? labelKind = null, string? weight = null,
        IReadOnlyList<string>? moreLabels = null)
    {
        if (Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData,
                "There are no objects; a dataset needs at least one.", name);
        if (settings.Keys.FirstOrDefault(name => !columns.ContainsKey(name)) is { } unknown)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"'{unknown}' is not a property of the objects. Properties: "
                    + $"{string.Join(", ", order.Select(column => column.Name))}.", unknown);
        var labels = new HashSet<string>([.. label is null ? [] : new[] { label }, .. moreLabels ?? []],
            StringComparer.OrdinalIgnoreCase);
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
                        $"Label '{column.Name}' {reason}; a label must be a number or text, or an array of them of one "
                            + "shape.", column.Name);
                leftOut.Add($"'{column.Name}' {reason}");
                continue;
            }

            if (column.Infinite > 0)
                (Warn ?? log)?.Invoke($"Property '{column.Name}': {column.Infinite:N0} infinite "
                    + $"{(column.Infinite == 1 ? "number counts" : "numbers count")} as missing.");
            var kind = isLabel ? LabelColumn.KindOf(SettingsOf(column.Name), labelKind) : labelKind;
            var made = column.Build(Count, isLabel, kind is not (null or LabelKind.Number), log, Warn);
            if (isLabel)
                made = LabelColumn.Decide(
                    made.Settings == ColumnSettings.None ? made.With(SettingsOf(column.Name)) : made, kind,
                    labels.Count > 1, log);
            built.Add(made.Settings == ColumnSettings.None ? made.With(SettingsOf(column.Name)) : made);
        }

        if (leftOut.Count > 0 && built.All(column => labels.Contains(column.Name)))
            throw new DlException("NoColumns", DlErrorKind.InvalidData,
                $"No property of the objects can be a column. Left out: {string.Join("; ", leftOut)}.", name);
        if (leftOut.Count > 0)
            (Warn ?? log)?.Invoke((leftOut.Count == 1 ? "A property is" : $"{leftOut.Count:N0} properties are")
                + $" left out: {string.Join("; ", leftOut)}. Choose properties with -Property, or convert them to "
                + "numbers or text.");
        var dataset = new Dataset(name, built, label, weight, moreLabels);
        MissingRows.WarnOfLabels(dataset, Warn);
        return dataset;
    }

    private ColumnSettings SettingsOf(string name) => settings.GetValueOrDefault(name, ColumnSettings.None);
}
