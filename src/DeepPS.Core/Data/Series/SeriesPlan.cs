using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How rows of one or many series become windows: so many steps of the past, from which the value of the steps behind them is to
/// be predicted. A model keeps it, so that it can make windows of new rows.
/// </summary>
public sealed record SeriesPlan
{
    /// <summary>The name of the column of windows.</summary>
    public const string WindowName = "Window";

    /// <summary>The column of times.</summary>
    public required string Time { get; init; }

    /// <summary>The column of the value that is to be predicted; windows have its past too.</summary>
    public required string Value { get; init; }

    /// <summary>The column that tells which series a row belongs to; null: there is one series.</summary>
    public string? Group { get; init; }

    /// <summary>Further columns of numbers that windows have.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>How many steps of the past a window has.</summary>
    public required int Length { get; init; }

    /// <summary>How many steps behind a window are to be predicted.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>How many steps lie between the beginnings of two windows.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The time between two steps; null: the median of the rows'.</summary>
    public TimeStep? Step { get; init; }

    /// <summary>
    /// What windows have of each step's time; null: the time of the day, the day of the week, and, of data of a year or more,
    /// the day of the year, where they vary.
    /// </summary>
    public IReadOnlyList<TimePart>? Calendar { get; init; }

    /// <summary>What becomes of missing steps.</summary>
    public GapRule Gap { get; init; }

    /// <summary>How many missing steps in a row are filled; more part the series, and no window crosses them.</summary>
    public int MaximumGap { get; init; } = 3;

    /// <summary>After how many steps the series comes round, for the seasonal baseline; null: found in training data, if there is one.</summary>
    public int? Season { get; init; }

    /// <summary>Whether the day comes first in texts of times such as 1/2/2024; null: decided by all of them.</summary>
    internal bool? DayFirst { get; init; }

    /// <summary>How the source of the value, and of each feature, writes them; null, or none at all: in the usual way.</summary>
    internal IReadOnlyList<WrittenForm?> Written { get; init; } = [];

    /// <summary>How many numbers a step of a window has.</summary>
    internal int Width => 1 + Features.Count + (Calendar?.Sum(TimeParts.Width) ?? 0);

    /// <summary>Makes windows of rows. Their time is that of the first step to be predicted, and the label the values to be predicted.</summary>
    /// <param name="data">Rows, in any order, with the columns of the plan.</param>
    /// <param name="log">Told what was decided.</param>
    /// <exception cref="DlException"><c>InvalidSeries</c>: settings cannot work; <c>ColumnNotFound</c>, <c>NotATime</c>,
    /// <c>NotANumber</c>, <c>EmptyDataset</c>; <c>NoFrequency</c>: no step can be found; <c>SeriesTooShort</c>: no window fits.</exception>
    public Dataset Windows(Dataset data, Action<string>? log = null)
    {
        Check();
        var rows = SeriesRows.Of(data, this, log);
        var known = Resolve(rows, log);
        return WindowRows.Of(data, known, SeriesGrid.Of(rows, known, log), log);
    }

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="DlException"><c>InvalidSeries</c>.</exception>
    public void Check()
    {
        (string, int, int)[] counts =
        [
            (nameof(Length), Length, 1), (nameof(Horizon), Horizon, 1), (nameof(Stride), Stride, 1), (nameof(MaximumGap), MaximumGap, 0),
            (nameof(Season), Season ?? 1, 1),
        ];
        foreach (var (name, value, least) in counts)
            if (value < least)
                throw Invalid($"{name} is a number of steps, {least} or more; {value} came.", value);
        var names = Features.Prepend(Value).Prepend(Time).Concat(Group is null ? [] : [Group]).Append(WindowName).ToArray();
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Invalid(twice.Key.Equals(WindowName, StringComparison.OrdinalIgnoreCase)
                ? $"The windows are called '{WindowName}', so that no other column can be. Rename it."
                : $"Column '{twice.Key}' is named twice. Time, value, group and features are columns of their own; the value is in the windows by itself.", twice.Key);
    }

    /// <summary>A dataset of windows as it is, and windows of one of rows.</summary>
    internal Dataset WindowsOf(Dataset data) => data.Columns.Any(column => column is WindowColumn) ? data : Windows(data);

    /// <summary>The series of rows, on their grids.</summary>
    /// <param name="data">Rows, in any order, with the columns of the plan, whose step and calendar are known.</param>
    /// <param name="log">Told what was decided.</param>
    internal SeriesStore Read(Dataset data, Action<string>? log) => SeriesGrid.Of(SeriesRows.Of(data, this, log), this, log);

    /// <summary>What windows have of a time.</summary>
    internal double[] CalendarOf(long ticks)
    {
        var numbers = new List<double>();
        foreach (var part in Calendar ?? [])
        {
            var value = TimeParts.Of(part, ticks);
            if (TimeParts.Width(part) == 1)
                numbers.Add(value);
            else
                numbers.AddRange([Math.Sin(2 * Math.PI * value), Math.Cos(2 * Math.PI * value)]);
        }

        return numbers.ToArray();
    }

    /// <summary>The columns and the calendar in words.</summary>
    internal string Describe() => string.Join(", ", Features.Prepend(Value).Concat((Calendar ?? []).Select(TimeParts.Name)));

    /// <summary>Whether the numbers at a place of a step come round by themselves, as sines and cosines, and are not scaled.</summary>
    internal bool IsCyclic(int place) => place > Features.Count
        && (Calendar ?? []).SelectMany(part => Enumerable.Repeat(TimeParts.Width(part) > 1, TimeParts.Width(part))).ElementAt(place - 1 - Features.Count);

    private SeriesPlan Resolve(SeriesRows rows, Action<string>? log)
    {
        var step = Step ?? TimeStep.Find(rows) ?? throw new DlException("NoFrequency", DlErrorKind.InvalidData,
            $"No row comes after another in '{Time}', so that no step can be found. Name the column of times, and that of groups where rows of several series are mixed.", Time);
        var calendar = Calendar ?? TimeParts.Varying(rows.Ticks).Where(part => IsUsual(part, rows.Ticks, step)).ToArray();
        log?.Invoke($"The step is {step}{(Step is null ? ", the median of the rows'" : "")}. "
            + $"Of its time a window has {(calendar.Count == 0 ? "nothing" : string.Join(", ", calendar.Select(TimeParts.Name)))}.");
        return this with { Step = step, Calendar = calendar, DayFirst = rows.DayFirst, Written = rows.Written };
    }

    /// <summary>The day of the year tells of seasons only where there is more than one year of them.</summary>
    private static bool IsUsual(TimePart part, long[] ticks, TimeStep step) => part switch
    {
        TimePart.Hour => step.Ticks % TimeSpan.TicksPerDay != 0,
        TimePart.DayOfWeek => step.Ticks % (7 * TimeSpan.TicksPerDay) != 0,
        TimePart.DayOfYear => ticks.Max() - ticks.Min() >= 365 * TimeSpan.TicksPerDay,
        _ => false,
    };

    private static DlException Invalid(string message, object target) => new("InvalidSeries", DlErrorKind.InvalidArgument, message, target);
}
