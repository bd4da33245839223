using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Plots;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Write a report of a model or of runs as one HTML file.</summary>
/// <remarks>
/// The report of a model has its layers, the settings of its last training, the columns of the data with histograms,
/// learning curves, and with -Data the evaluation: metrics, confusion matrix, ROC, precision and recall and calibration
/// for classes, residuals for numbers, a forecast for time series, and the samples that the model gets most wrong, as
/// pictures if they are. The report of a run alone has its settings, results and curves.
///
/// The file needs no other file and no connection: it opens from a share, goes by mail and prints.
/// </remarks>
/// <example>
/// <code>$model | New-DlReport ./report.html -Data $split</code>
/// <para>Reports a model with its results on the test part.</para>
/// </example>
/// <example>
/// <code>Get-DlRun | Select-Object -Last 5 | New-DlReport ./runs.html -Compare</code>
/// <para>Compares the last five runs: results, settings that differ, curves.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewDlReportCommand : WorkCmdlet
{
    private readonly List<object> items = [];

    /// <summary>A model, the path of a model file, or runs of Get-DlRun.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The HTML file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "";

    /// <summary>
    /// The data: a split, whose test part the model is measured on, or a dataset, rows or files. Default: none, and no
    /// evaluation.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Rows with Column and Importance to plot. Default: none.</summary>
    [Parameter]
    public object[] Importance { get; set; } = [];

    /// <summary>Compares several runs in one report.</summary>
    [Parameter]
    public SwitchParameter Compare { get; set; }

    /// <summary>The title. Default: it names the model or the run.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Path.GetExtension(OutFile).ToLowerInvariant() is not (".html" or ".htm") and var other)
            throw new DlException("UnknownReportFormat", DlErrorKind.InvalidArgument,
                $"A report is an .html file; the path ends in '{other}'.", OutFile);
        OutputFile.Check(this.ResolveTarget(OutFile), NoClobber, Force);
    }

    /// <inheritdoc/>
    protected override void Process() => items.Add(PipelineValue.Unwrap(InputObject)!);

    /// <inheritdoc/>
    protected override void End()
    {
        if (items.Count > 1 && !Compare)
            throw new DlException("SeveralReports", DlErrorKind.InvalidArgument,
                $"A report is about one model or run; got {items.Count}. Use -Compare to compare runs in one report.",
                items[1]);
        if (Compare && items.FirstOrDefault(item => item is not RunInfo) is { } strange)
            throw new DlException("NotARun", DlErrorKind.InvalidArgument,
                $"-Compare needs runs of Get-DlRun; got {ModelSource.TypeName(strange)}.", strange);
        if (items.All(item => item is RunInfo))
        {
            if (Data is not null)
                throw new DlException("ModelNeeded", DlErrorKind.InvalidArgument,
                    "-Data needs a model to measure: pipe in a model instead of a run, such as Import-DlModel's.",
                    Data);
            Write(new ReportInput { Runs = items.Cast<RunInfo>().ToArray(), Title = Title });
            return;
        }

        var model = this.ModelOf(items[0]);
        try
        {
            Write(new ReportInput
            {
                Model = model,
                Runs = model.RunPath is { } path && Directory.Exists(path) ? RunInfo.In(path).Take(1).ToArray() : [],
                Split = PipelineValue.Unwrap(Data) as Split,
                Data = Data is null ? null : MeasuredData.Of(this, model, Data),
                Importance = Importance.SelectMany(PlotItem.Of).ToArray(),
                Title = Title,
            });
        }
        finally
        {
            if (items[0] is not Model)
                model.Dispose();
        }
    }

    private void Write(ReportInput input)
    {
        var path = this.ResolveTarget(OutFile);
        if (!ShouldProcess(path, "Write a report"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, cancel) => Report.Write(path, input, cancel));
        WriteObject(new FileInfo(path));
    }
}
