using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// Make training windows from time series: a number of past steps as input and the following steps as label.
/// </summary>
/// <remarks>
/// Rows may be in any order. They are resampled to a regular grid, whose step is the median of theirs or -Frequency:
/// rows of one step are averaged, short gaps are filled, and long gaps end a series. No window crosses such a gap, and
/// no filled value is a label. -Verbose reports what was decided.
///
/// Windows are steps x numbers, in the units of the data; a model standardises them with the statistics of its training
/// part, or scales a column as the Scaling of its -Column settings in Import-DlDataset says. For a Conv1d layer, which
/// expects channels first, insert Permute 2, 1; for Dense, insert Flatten.
/// Split-DlDataset splits windows by time, never at random: no value of a later part is a label of an earlier one.
/// </remarks>
/// <example>
/// <code>$data = Import-DlDataset ./temps.csv | ConvertTo-DlTimeSeries Date Temp -Length 30 |
///     Split-DlDataset -Validation 0.1 -Test 0.1
/// $model = New-DlLayer LSTM 32 | New-DlLayer Dense 1 | New-DlModel
/// $model | Invoke-DlTraining -Data $data -Epochs 20
/// $model | Measure-DlModel -Data $data</code>
/// <para>Learns to predict tomorrow's temperature from the last 30 days. Measure-DlModel compares it with the forecasts
/// that repeat the value of the day before and of the year before.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./load.csv |
///     ConvertTo-DlTimeSeries Time Load -Group Host -Length 168 -Horizon 24 -Feature Users -Gap Hold</code>
/// <para>Makes windows of one week per host, with its load and its users; the label is the load of the 24 hours after
/// it.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlTimeSeries")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlTimeSeriesCommand : WorkCmdlet
{
    private const string Auto = "Auto";
    private const string None = "None";

    /// <summary>The name of a time of several columns.</summary>
    private const string JoinedTime = "Time";
    private SeriesPlan plan = null!;
    private readonly MissingProperties missing = new();
    private SeriesRowBuilder rows = null!;

    /// <summary>A dataset, or objects as rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The column of times: dates, dates as text, seconds since 1970, or a number that counts the steps. Several
    /// columns make the time together: year, month, day, hour, minute and second in this order, as far as there are, or
    /// a date and a time of day; the windows then have it as Time.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Time { get; set => field = value ?? []; } = [];

    /// <summary>The column to predict. Windows contain its past.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string Value { get; set; } = "";

    /// <summary>Number of steps in a window.</summary>
    [Parameter(Mandatory = true)]
    public int Length { get; set; }

    /// <summary>Number of steps after the window to predict.</summary>
    [Parameter]
    public int Horizon { get; set; } = 1;

    /// <summary>The column that names the series of a row, such as Host. Default: all rows are one series.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Group { get; set; }

    /// <summary>Further columns of numbers in the windows. Default: none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Feature { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The calendar inputs of each step, as sine and cosine. Auto: time of day, day of week and, for more than a year,
    /// day of year, each if it varies.
    /// </summary>
    [Parameter]
    [ValidateSet(Auto, None, nameof(TimePart.Hour), nameof(TimePart.DayOfWeek), nameof(TimePart.DayOfMonth),
        nameof(TimePart.DayOfYear), nameof(TimePart.Month), nameof(TimePart.Trend))]
    public string[] Calendar { get; set => field = value ?? [Auto]; } = [Auto];

    /// <summary>
    /// The time between two steps, such as 15min, 1h, 1d, 1w, 1mo or 01:30:00; for an index a number, such as 5.
    /// Default: the median of the rows'.
    /// </summary>
    [Parameter]
    public string? Frequency { get; set; }

    /// <summary>
    /// How missing steps are filled: interpolated, with the last value, or not at all, which ends the series.
    /// </summary>
    [Parameter]
    public GapRule Gap { get; set; }

    /// <summary>Number of missing steps in a row that are filled. A longer gap ends the series.</summary>
    [Parameter]
    public int MaximumGap { get; set; } = 3;

    /// <summary>Number of steps between the starts of two windows.</summary>
    [Parameter]
    public int Stride { get; set; } = 1;

    /// <summary>
    /// The period of the series in steps, for Measure-DlModel's comparison with the value one season before. Default: a
    /// day, a week or a year, whichever fits the training part best.
    /// </summary>
    [Parameter]
    public int? Season { get; set; }

    /// <summary>
    /// What the forecast is relative to: the last value of the window (1), the value one season before (Seasonal), or
    /// nothing (None). Auto: Seasonal if the training part has a season that fits into the window, else 1. Predictions
    /// are values in any case.
    /// </summary>
    [Parameter]
    [ValidateSet(Auto, None, "1", nameof(SeriesDifference.Seasonal))]
    public string Difference { get; set; } = Auto;

    /// <summary>
    /// How the values of a window are scaled: Standard, all by the mean and deviation of the training part, or Window,
    /// each window by those of its own past.
    /// </summary>
    [Parameter]
    public SeriesScaling Scaling { get; set; }

    /// <summary>Lets the network see and predict logarithms, for values that grow by a share of themselves.</summary>
    [Parameter]
    public SwitchParameter Log { get; set; }

    /// <summary>The name of the dataset made from objects.</summary>
    [Parameter]
    public string Name { get; set; } = "objects";

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        plan = new SeriesPlan
        {
            Time = Time is [var one] ? one : JoinedTime,
            JoinedTimes = Time.Length > 1 ? Time : [],
            Value = Value,
            Group = Group,
            Features = Feature,
            Length = Length,
            Horizon = Horizon,
            Stride = Stride,
            Step = Frequency is null ? null : TimeStep.Parse(Frequency),
            Calendar = Parts(),
            Gap = Gap,
            MaximumGap = MaximumGap,
            Season = Season,
            Difference = Difference == "1" ? SeriesDifference.Last
                : Enum.Parse<SeriesDifference>(Difference, ignoreCase: true),
            Scaling = Scaling,
            Log = Log,
        };
        plan.Check();
        rows = new SeriesRowBuilder(plan);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject.BaseObject is Dataset dataset)
            Write(dataset);
        else
            Add(PipelineValue.Row(InputObject, rows.Wants));
    }

    private void Add(Dictionary<string, object?> row)
    {
        try
        {
            rows.Add(row);
        }
        catch (DlException e) when (!missing.Shows(e))
        {
            // Its error was shown before; the objects are counted.
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var warning in missing.Warnings("are left out"))
            WriteWarning(warning);
        if (rows.Count > 0)
            Write(rows.Build(Name));
    }

    private void Write(Dataset dataset)
    {
        Dataset? windows = null;
        Work((write, _) => windows = plan.Windows(dataset, text => write(() => WriteVerbose(text))));
        WriteObject(windows);
    }

    private TimePart[]? Parts()
    {
        var named = Calendar.Where(part => part is not (Auto or None)).Select(Enum.Parse<TimePart>).Distinct()
            .ToArray();
        return named.Length > 0 ? named : Calendar.Contains(None) ? [] : null;
    }
}
