using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Collects rows of a series from objects: only time, group, value and features.</summary>
/// <param name="plan">The names of the properties.</param>
public sealed class SeriesRowBuilder(SeriesPlan plan)
{
    private readonly PropertyColumn times =
        new(plan.Time, new ColumnSettings { DayFirst = plan.DayFirst });
    private readonly ColumnBuilder groups = new(plan.Group ?? "", ColumnKind.Category);
    private readonly string[] names = [plan.Value, .. plan.Features];
    private readonly List<double> numbers = [];

    /// <summary>The number of rows added.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the series uses a property.</summary>
    public bool Wants(string property) =>
        names.Concat(plan.TimeNames).Append(plan.Group).Contains(property, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a row; adds nothing where it is not valid.</summary>
    /// <param name="row">Values by property name; times and numbers may be null where they are missing.</param>
    /// <exception cref="DlException"><c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotANumber</c>.</exception>
    public void Add(IReadOnlyDictionary<string, object?> row)
    {
        var time = TimeOf(row);
        var own = names.Select((name, i) => RawValue.TryNumber(Read(Of(row, name), i), out var number) ? number
            : throw ColumnValues.NotANumber(name, row[name]!)).ToArray();
        var group = plan.Group is null ? null : RawValue.ToText(Of(row, plan.Group));
        times.Add(Count++, time);
        numbers.AddRange(own);
        if (group is null)
            groups.AddMissing();
        else
            groups.Add(group);
    }

    /// <summary>The rows as a dataset.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>: there are none.</exception>
    public Dataset Build(string name)
    {
        if (Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData,
                "There are no rows; a series needs at least one.", name);
        var columns = new List<Column> { times.Build(Count, isLabel: false, asCategory: false, null, null) };
        if (plan.Group is not null)
            columns.Add(groups.Build());
        columns.AddRange(names.Select((column, i) =>
            new NumberColumn(column, Enumerable.Range(0, Count).Select(row => numbers[row * names.Length + i])
                .ToArray())));
        return new Dataset(name, columns);
    }

    private object? TimeOf(IReadOnlyDictionary<string, object?> row)
    {
        if (plan.JoinedTimes.Count > 0)
        {
            var parts = plan.JoinedTimes.Select(name => Of(row, name)).ToArray();
            return !SeriesTimes.TryJoin(parts, plan.DayFirst, out var ticks)
                ? throw SeriesTimes.NotJoined(plan, parts, Count)
                : ticks == TimeColumn.None ? null : new DateTime(ticks);
        }

        // Numbers are decided upon together, when all are there.
        var time = Of(row, plan.Time);
        return RawValue.TryNumber(time, out _) || SeriesTimes.TryRead(time, plan.DayFirst, out _) ? time
            : throw SeriesTimes.NotATime(plan.Time, time);
    }

    private object? Read(object? value, int column) =>
        plan.Written.ElementAtOrDefault(column) is { } form ? form.Read(value, isNumber: true) : value;

    private static object? Of(IReadOnlyDictionary<string, object?> row, string name) =>
        row.TryGetValue(name, out var value) ? value
        : throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
            $"Column '{name}' is missing. Found: {string.Join(", ", row.Keys)}.", name);
}
