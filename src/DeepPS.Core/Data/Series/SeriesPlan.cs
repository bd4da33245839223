using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How rows of one or many series become windows: a number of past steps, from which the network predicts the value of
/// the steps after them. A model keeps the plan to make windows of new rows.
/// </summary>
public sealed record SeriesPlan
{
    /// <summary>The name of the column of windows.</summary>
    public const string WindowName = "Window";

    /// <summary>The column of times.</summary>
    public required string Time { get; init; }

    /// <summary>
    /// The columns that make the time together: year, month, day, hour, minute, second as far as there are, or a date
    /// and a time of day; empty: <see cref="Time"/> alone.
    /// </summary>
    public IReadOnlyList<string> JoinedTimes { get; init; } = [];

    /// <summary>The column of the value to predict; windows include its past.</summary>
    public required string Value { get; init; }

    /// <summary>The column that names the series of each row; null: there is one series.</summary>
    public string? Group { get; init; }

    /// <summary>Further columns of numbers in windows.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Number of past steps in a window.</summary>
    public required int Length { get; init; }

    /// <summary>Number of steps after the window to predict.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Number of steps between the starts of two windows.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The time between two steps; null: the median of the rows' times.</summary>
    public TimeStep? Step { get; init; }

    /// <summary>
    /// The parts of each step's time in windows; null: the time of the day, the day of the week and, for data of a year
    /// or more, the day of the year, where they vary.
    /// </summary>
    public IReadOnlyList<TimePart>? Calendar { get; init; }

    /// <summary>How missing steps are filled.</summary>
    public GapRule Gap { get; init; }

    /// <summary>
    /// Largest number of consecutive missing steps to fill; longer gaps split the series, and no window crosses them.
    /// </summary>
    public int MaximumGap { get; init; } = 3;

    /// <summary>
    /// Season in steps, for the seasonal baseline; null: detected in training data, where there is one.
    /// </summary>
    public int? Season { get; init; }

    /// <summary>What the network's forecast is relative to.</summary>
    public SeriesDifference Difference { get; init; }

    /// <summary>How the values of a window are scaled.</summary>
    public SeriesScaling Scaling { get; init; }

    /// <summary>
    /// Whether the network sees and predicts logarithms, for series that grow by a share of themselves.
    /// </summary>
    public bool Log { get; init; }

    /// <summary>Whether the day comes first in texts of times such as 1/2/2024; null: decided by all of them.</summary>
    internal bool? DayFirst { get; init; }

    /// <summary>Whether the time is an index that counts steps; null: decided by all values.</summary>
    internal bool? IsIndex { get; init; }

    /// <summary>The columns that the time is read from.</summary>
    internal IReadOnlyList<string> TimeNames => JoinedTimes.Count > 0 ? JoinedTimes : [Time];

    /// <summary>How the source writes the value and each feature; null or empty: the usual way.</summary>
    internal IReadOnlyList<WrittenForm?> Written { get; init; } = [];

    /// <summary>How the numbers of the value and of each feature are scaled; empty: standardised.</summary>
    internal IReadOnlyList<Data.Scaling> Scales { get; init; } = [];

    /// <summary>Whether windows are brought into a frame of their own.</summary>
    internal bool HasFrame => Log || Difference is not SeriesDifference.None || Scaling is not SeriesScaling.Standard;

    /// <summary>The plan with a season, and the difference that follows from it.</summary>
    /// <exception cref="DlException"><c>InvalidSeries</c>: the season is unknown or longer than the window.</exception>
    internal SeriesPlan WithSeason(int? season)
    {
        var fits = season <= Length;
        if (Difference is SeriesDifference.Seasonal && !fits)
            throw Invalid(season is null
                ? "Difference Seasonal needs a season, and none was found in the training part. Set -Season, or use "
                    + "-Difference 1."
                : $"Difference Seasonal needs a window of a season, {season} steps; Length is {Length}. Use a longer "
                    + "-Length.",
                Length);
        return this with
        {
            Season = season,
            Difference = Difference is not SeriesDifference.Auto ? Difference
                : fits ? SeriesDifference.Seasonal : SeriesDifference.Last,
        };
    }

    /// <summary>The count of numbers in a step of a window.</summary>
    internal int Width => 1 + Features.Count + (Calendar?.Sum(TimeParts.Width) ?? 0);

    /// <summary>
    /// Makes windows of rows. Their time is that of the first step to predict, and the label the values to predict.
    /// </summary>
    /// <param name="data">Rows, in any order, with the columns of the plan.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <exception cref="DlException">
    /// <c>InvalidSeries</c>: settings are not valid; <c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotANumber</c>,
    /// <c>EmptyDataset</c>; <c>NoFrequency</c>: no step can be found; <c>SeriesTooShort</c>: no window fits.
    /// </exception>
    public Dataset Windows(Dataset data, Action<string>? log = null)
    {
        Check();
        var rows = SeriesRows.Of(data, this, log);
        var known = Resolve(rows, log);
        return WindowRows.Of(data, known, SeriesGrid.Of(rows, known, log), log);
    }

    /// <summary>Refuses invalid settings.</summary>
    /// <exception cref="DlException"><c>InvalidSeries</c>.</exception>
    public void Check()
    {
        (string, int, int)[] counts =
        [
            (nameof(Length), Length, 1), (nameof(Horizon), Horizon, 1), (nameof(Stride), Stride, 1),
                (nameof(MaximumGap), MaximumGap, 0),
            (nameof(Season), Season ?? 1, 1),
        ];
        foreach (var (name, value, least) in counts)
            if (value < least)
                throw Invalid($"{name} must be a number of steps, {least} or more; got {value}.", value);
        var names = Features.Prepend(Value).Concat(TimeNames).Concat(Group is null ? [] : [Group]).Append(WindowName)
            .ToArray();
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Invalid(twice.Key.Equals(WindowName, StringComparison.OrdinalIgnoreCase)
                ? $"The column of windows is named '{WindowName}'; rename the other column of that name."
                : $"Column '{twice.Key}' is named twice. Time, value, group and features must be different columns; "
                    + "windows include the value anyway.", twice.Key);
    }

    /// <summary>Makes windows of a dataset of rows; a dataset of windows is returned unchanged.</summary>
    internal Dataset WindowsOf(Dataset data) =>
        data.Columns.Any(column => column is WindowColumn) ? data : Windows(data);

    /// <summary>Resamples rows to the series' grids.</summary>
    /// <param name="data">Rows, in any order, with the columns of the plan, whose step and calendar are known.</param>
    /// <param name="log">Receives messages about decisions.</param>
    internal SeriesStore Read(Dataset data, Action<string>? log) =>
        SeriesGrid.Of(SeriesRows.Of(data, this, log), this, log);

    /// <summary>Writes the parts of a time that windows have.</summary>
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

    /// <summary>Describes the columns and the calendar.</summary>
    internal string Describe() =>
        string.Join(", ", Features.Prepend(Value).Concat((Calendar ?? []).Select(TimeParts.Name)));

    /// <summary>Whether the number at a place of a step is a sine or cosine, which is not scaled.</summary>
    internal bool IsCyclic(int place) => place > Features.Count
        && (Calendar ?? []).SelectMany(part => Enumerable.Repeat(TimeParts.Width(part) > 1, TimeParts.Width(part)))
            .ElementAt(place - 1 - Features.Count);

    private SeriesPlan Resolve(SeriesRows rows, Action<string>? log)
    {
        var step = Step?.For(rows, Time) ?? TimeStep.Find(rows)
            ?? throw new DlException("NoFrequency", DlErrorKind.InvalidData,
            $"No two rows have different times in '{Time}', so the step is not known. Name the column of times, and "
            + "that of groups where rows of several series are mixed.", Time);
        if (rows.IsIndex)
            log?.Invoke($"The times in '{Time}' are an index: they count steps.");
        var calendar = rows.IsIndex ? []
            : Calendar ?? TimeParts.Varying(rows.Ticks).Where(part => IsUsual(part, rows.Ticks, step)).ToArray();
        log?.Invoke($"The step is {step}{(Step is null ? ", the median of the rows' times" : "")}. "
            + "Parts of the time in windows: "
            + $"{(calendar.Count == 0 ? "none" : string.Join(", ", calendar.Select(TimeParts.Name)))}.");
        return this with
        {
            Step = step,
            Calendar = calendar,
            DayFirst = rows.DayFirst,
            Written = rows.Written,
            Scales = rows.Scales,
            IsIndex = rows.IsIndex
        };
    }

    /// <summary>The day of the year shows seasons only in data of more than one year.</summary>
    private static bool IsUsual(TimePart part, long[] ticks, TimeStep step) => part switch
    {
        TimePart.Hour => step.Ticks % TimeSpan.TicksPerDay != 0,
        TimePart.DayOfWeek => step.Ticks % (7 * TimeSpan.TicksPerDay) != 0,
        TimePart.DayOfYear => ticks.Max() - ticks.Min() >= 365 * TimeSpan.TicksPerDay,
        _ => false,
    };

    private static DlException Invalid(string message, object target) =>
        new("InvalidSeries", DlErrorKind.InvalidArgument, message, target);
}
