using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Makes windows of rows over time, one series or many: of some steps of the past, the value of the steps behind them is to be learned.</summary>
/// <remarks>
/// Rows may come in any order. They are brought to a regular grid, whose step is the median of theirs or -Frequency: rows of one step
/// are averaged, short gaps filled, and long ones part a series; no window crosses them, and no value that was filled is to be
/// predicted. -Verbose says what was decided. Windows are steps x numbers, in the units of the data; a model standardises them by
/// its training part. A Conv1d layer wants channels first: put Permute 2, 1 before it; Dense wants Flatten.
/// Split-DlDataset splits windows by time, never at random: no value of a later part is a target of an earlier one.
/// </remarks>
/// <example>
/// <code>$data = Import-DlDataset ./temps.csv | ConvertTo-DlTimeSeries Date Temp -Length 30 | Split-DlDataset -Validation 0.1 -Test 0.1
/// $model = New-DlLayer LSTM 32 | New-DlLayer Dense 1 | New-DlModel
/// $model | Invoke-DlTraining -Data $data -Epochs 20
/// $model | Measure-DlModel -Data $data</code>
/// <para>Learns to predict tomorrow's temperature from that of 30 days. What it is off by comes beside what the day before, and
/// the day a year before, would be.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./load.csv | ConvertTo-DlTimeSeries Time Load -Group Host -Length 168 -Horizon 24 -Feature Users -Gap Hold</code>
/// <para>Makes windows of a week of each host, from its load and its users; the 24 hours behind them are to be predicted at once.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlTimeSeries")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlTimeSeriesCommand : WorkCmdlet
{
    private const string Auto = "Auto";
    private const string None = "None";
    private SeriesPlan plan = null!;
    private SeriesRowBuilder rows = null!;

    /// <summary>A dataset, or objects that are rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The column of times: dates, text of them, or seconds since 1970.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Time { get; set; } = "";

    /// <summary>The column that is to be predicted; windows have its past.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Value { get; set; } = "";

    /// <summary>How many steps of the past a window has.</summary>
    [Parameter(Mandatory = true)]
    public int Length { get; set; }

    /// <summary>How many steps behind a window are to be predicted at once.</summary>
    [Parameter]
    public int Horizon { get; set; } = 1;

    /// <summary>The column that tells which series a row belongs to, such as Host. Without it: there is one series.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>Further columns of numbers that windows have.</summary>
    [Parameter]
    public string[] Feature { get; set; } = [];

    /// <summary>
    /// What windows have of the time of each step. Auto: the time of the day, the day of the week, and, where there is more than a
    /// year, the day of the year, if they vary. They are sines and cosines.
    /// </summary>
    [Parameter]
    [ValidateSet(Auto, None, nameof(TimePart.Hour), nameof(TimePart.DayOfWeek), nameof(TimePart.DayOfMonth), nameof(TimePart.DayOfYear),
        nameof(TimePart.Month), nameof(TimePart.Trend))]
    public string[] Calendar { get; set; } = [Auto];

    /// <summary>The time between two steps, such as 15min, 1h, 1d, 1w, 1mo or 01:30:00. Without it: the median of the rows'.</summary>
    [Parameter]
    public string? Frequency { get; set; }

    /// <summary>What becomes of missing steps: they are interpolated, have the last value, or part the series.</summary>
    [Parameter]
    public GapRule Gap { get; set; }

    /// <summary>How many missing steps in a row are filled; more part the series.</summary>
    [Parameter]
    public int MaximumGap { get; set; } = 3;

    /// <summary>How many steps lie between the beginnings of two windows.</summary>
    [Parameter]
    public int Stride { get; set; } = 1;

    /// <summary>
    /// After how many steps the series comes round, for the error of the value a season before in Measure-DlModel. Without it: a day, a
    /// week or a year, whichever the training part shows most.
    /// </summary>
    [Parameter]
    public int Season { get; set; }

    /// <summary>What the dataset of objects is called.</summary>
    [Parameter]
    public string Name { get; set; } = "objects";

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        plan = new SeriesPlan
        {
            Time = Time,
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
            Season = Given(nameof(Season)) ? Season : null,
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
            rows.Add(PipelineValue.Row(InputObject, rows.Wants));
    }

    /// <inheritdoc/>
    protected override void End()
    {
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
        var named = Calendar.Where(part => part is not (Auto or None)).Select(Enum.Parse<TimePart>).Distinct().ToArray();
        return named.Length > 0 ? named : Calendar.Contains(None) ? [] : null;
    }
}
