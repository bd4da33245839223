using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Plots;

namespace DeepPS.Commands;

/// <summary>Plot training curves, evaluations, forecasts and importance, in the terminal or as a picture.</summary>
/// <remarks>
/// The plot follows from the objects: the epochs of Invoke-DlTraining, the runs of Get-DlRun, trained models and the
/// rows of an epochs.csv give learning curves with the best epoch; a sweep of Find-DlLearningRate gives the loss by
/// rate; an evaluation with a confusion matrix gives that matrix; forecasts of Invoke-DlPrediction give lines with
/// their intervals; rows with the properties Column and Importance give bars. A model with -Data gives the confusion
/// matrix of a class label, the residuals of a number label, and a forecast of the last window of each time series
/// with its truth and naive forecasts.
///
/// A model of text gives its attention: what it looked at in the first row to produce each token, with the mean of all
/// layers and heads.
///
/// -Kind chooses another plot of a model and data: Roc, PrecisionRecall, Threshold and Calibration (Guo et al. 2017).
/// -Kind Lines plots any rows: the first property of numbers is the horizontal axis, each other one is a line, and a
/// property of texts makes a line for each text.
///
/// Without -Path the figure is an object with its panels, axes and series, which the terminal shows with characters.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Epochs 30 | Show-DlPlot ./curve.png</code>
/// <para>Writes the learning curves of a training as a picture.</para>
/// </example>
/// <example>
/// <code>Get-DlRun | Select-Object -Last 3 | Show-DlPlot</code>
/// <para>Compares the last three runs in the terminal.</para>
/// </example>
/// <example>
/// <code>$model | Show-DlPlot ./roc.svg -Data $split -Kind Roc -Positive fails</code>
/// <para>Writes the ROC curve of a class on the test part.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./load.csv | Invoke-DlPrediction $model -Horizon 24 |
///     Show-DlPlot ./forecast.png -Model $model -Data (Import-Csv ./load.csv)</code>
/// <para>Shows a forecast after its past.</para>
/// </example>
/// <example>
/// <code>$rows | Select-Object Width, TestError, TrainingError | Show-DlPlot ./errors.svg -Kind Lines</code>
/// <para>Writes two lines over the width.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(Figure))]
public sealed class ShowDlPlotCommand : DrawingCmdlet
{
    private readonly List<object> items = [];

    /// <summary>Epochs, runs, sweeps, evaluations, forecasts, models, or rows.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The plot. Default: the one that follows from the objects.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PlotCompleter))]
    public string? Kind { get; set; }

    /// <summary>
    /// The data to run through the model, as for Measure-DlModel: a dataset, a split, whose test part is used, rows or
    /// files; with forecasts, the rows of the past. Default: none.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>A trained model, or the path of a model file, where the pipeline has none. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Model { get; set; }

    /// <summary>
    /// The positive class. Default: the second of two classes by name; of more, each against the rest.
    /// </summary>
    [Parameter]
    public string? Positive { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Kind is not null)
            PlotKind.Find(Kind);
    }

    /// <inheritdoc/>
    protected override void Process() => items.AddRange(PlotItem.Of(InputObject));

    /// <inheritdoc/>
    protected override void End()
    {
        var model = Model is not null ? this.ModelOf(Model)
            : items is [Models.Model only] && Data is not null ? only : null;
        try
        {
            if (Data is not null && model is null)
                throw new DlException("PlotInput", DlErrorKind.InvalidArgument,
                    "-Data needs one model to run through: pipe in one, or use -Model.", Data);
            var input = new PlotInput
            {
                Items = items,
                Model = model,
                Data = Data is null ? null : MeasuredData.Of(this, model!, Data),
                Positive = Positive,
            };
            var kind = Kind is null ? PlotKind.Of(input) : PlotKind.Find(Kind);
            Emit(cancel => kind.Draw(input, cancel));
        }
        finally
        {
            if (Model is not null && PipelineValue.Unwrap(Model) is not Models.Model)
                model?.Dispose();
        }
    }
}
