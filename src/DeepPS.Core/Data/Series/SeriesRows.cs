using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Rows of one or many series, in the order of group and time.</summary>
/// <param name="Ticks">The time of each row.</param>
/// <param name="Groups">The number of each row's group.</param>
/// <param name="Names">The names of the groups; a single empty one where there are no groups.</param>
/// <param name="Columns">The value, and each feature, of each row; NaN where it is missing.</param>
/// <param name="DayFirst">Whether the day is first in texts of times; null: not known.</param>
/// <param name="Written">How the source of each column writes values; null: the usual way.</param>
/// <param name="IsIndex">Whether the times stand for an index.</param>
internal sealed record SeriesRows(
    long[] Ticks, int[] Groups, IReadOnlyList<string> Names, double[][] Columns, bool? DayFirst, WrittenForm?[] Written,
    bool IsIndex)
{
    /// <summary>How the numbers of each column are scaled.</summary>
    public required Scaling[] Scales { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Ticks.Length;

    /// <summary>The rows of a dataset that have a time and a group.</summary>
    /// <exception cref="DlException"><c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotANumber</c>, <c>WrongColumnKind</c>;
    /// <c>EmptyDataset</c>: no row has a time.</exception>
    public static SeriesRows Of(Dataset data, SeriesPlan plan, Action<string>? log)
    {
        var (times, isIndex) = TimesOf(data, plan, log);
        var ticks = times.Ticks.ToArray();
        var (codes, names) = plan.Group is null ? (new int[ticks.Length], [""])
            : GroupsOf(Find(data, plan.Group, "Group"));
        var sources = plan.Features.Select(name => Find(data, name, "Feature")).Prepend(Find(data, plan.Value, "Value"))
            .ToArray();
        var columns = Array.ConvertAll(sources, column => column.AsNumbers().Span.ToArray());

        var rows = Enumerable.Range(0, ticks.Length).Where(row => ticks[row] != TimeColumn.None && codes[row] >= 0)
            .ToArray();
        if (rows.Length == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData,
                $"No row of '{data.Name}' has a time in "
                    + $"'{plan.Time}'{(plan.Group is null ? "" : $" and a group in '{plan.Group}'")}.", data.Name);
        if (rows.Length < ticks.Length)
            log?.Invoke(
                $"{ticks.Length - rows.Length:N0} of {ticks.Length:N0} rows are left out: they have no time or no "
                    + "group.");
        int Order(int a, int b) => codes[a] != codes[b] ? codes[a].CompareTo(codes[b])
            : ticks[a] != ticks[b] ? ticks[a].CompareTo(ticks[b]) : a.CompareTo(b);
        if (Enumerable.Range(1, rows.Length - 1)
            .Any(i => codes[rows[i]] == codes[rows[i - 1]] && ticks[rows[i]] < ticks[rows[i - 1]]))
            log?.Invoke("Rows were not in order of time; they are sorted.");
        Array.Sort(rows, Order);
        return new SeriesRows(ColumnRows.Take<long>(ticks, rows), ColumnRows.Take<int>(codes, rows), names,
            Array.ConvertAll(columns, column => ColumnRows.Take<double>(column, rows)), times.DayFirst,
            Array.ConvertAll(sources, column => column.Facts.Written), isIndex)
        {
            Scales = sources.Select((column, i) => ScaleOf(column, isValue: i == 0)).ToArray(),
        };
    }

    /// <summary>How a column is scaled; refuses the settings of columns that windows cannot have.</summary>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    private static Scaling ScaleOf(Column column, bool isValue)
    {
        if (column.Settings.MissingRule is { } rule)
            throw SettingsCheck.Invalid(column, $"missing steps of a series are filled by -Gap and -MaximumGap of "
                + $"ConvertTo-DlTimeSeries, not by the rule {rule}; leave Missing and Fill out");
        if (isValue && column.Settings.Scaling is Scaling.Log)
            throw SettingsCheck.Invalid(column, "the value to predict takes logarithms by -Log of "
                + "ConvertTo-DlTimeSeries; leave the Scaling Log out");
        return column.Settings.Scaling ?? Scaling.Standard;
    }

    /// <summary>The times, joined where they are in several columns.</summary>
    private static (TimeColumn Times, bool IsIndex) TimesOf(Dataset data, SeriesPlan plan, Action<string>? log)
    {
        if (plan.JoinedTimes.Count == 0 || data.Find(plan.Time) is TimeColumn { Count: > 0 })
            return SeriesTimes.Of(Find(data, plan.Time, "Time"), plan, log);
        var parts = plan.JoinedTimes.Select(name => Find(data, name, "Time")).ToArray();
        var ticks = new long[data.Count];
        for (var row = 0; row < ticks.Length; row++)
        {
            var values = Array.ConvertAll(parts, column => column[row]);
            if (!SeriesTimes.TryJoin(values, plan.DayFirst, out ticks[row]))
                throw SeriesTimes.NotJoined(plan, values, row);
        }

        return (new TimeColumn(plan.Time, ticks), false);
    }

    private static (int[] Codes, IReadOnlyList<string> Names) GroupsOf(Column column)
    {
        var (codes, levels) = column.AsLevels();
        return (codes.Span.ToArray(), levels);
    }

    private static Column Find(Dataset data, string name, string role) =>
        data.Find(name) ?? throw new DlException("ColumnNotFound",
        DlErrorKind.NotFound,
            $"{role} '{name}' is not a column. Columns: "
                + $"{string.Join(", ", data.Columns.Select(column => column.Name))}.", name);
}
