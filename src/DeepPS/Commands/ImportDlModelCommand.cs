using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Read models from files of Export-DlModel or from checkpoints of trainings.</summary>
/// <remarks>
/// From a folder, such as a run's directory, the model is read that the training itself gives: the model of the newest
/// intact checkpoint, as if the training had ended there. If the training has ended and -Patience restored the
/// parameters of its best epoch, the model has them, as after -Resume. -Last and -Best choose one of the two. A damaged
/// checkpoint is skipped with a warning. The model can predict, be measured and be exported. To continue the training,
/// use Resume-DlTraining. A file with the extension .vec holds vectors of words as text, as word2vec, fastText and
/// GloVe write them, and becomes a model of one Embedding layer, for Find-DlNeighbor.
/// </remarks>
/// <example>
/// <code>$model = Import-DlModel ./tickets.dlmodel</code>
/// <para>Reads a model, to predict with or to train further.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./night | Measure-DlModel -Data $split.Test</code>
/// <para>Measures the model of an unfinished training.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./night -Best | Export-DlModel ./best.dlmodel</code>
/// <para>Saves the model of the best epoch so far.</para>
/// </example>
/// <example>
/// <code>Get-DlRun ./nights | Sort-Object ValidationLoss | Select-Object -First 1 |
///     Import-DlModel | Export-DlModel ./best.dlmodel</code>
/// <para>Saves the best model of several trainings, whose checkpoints are in one folder each under ./nights.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportDlModelCommand : WorkCmdlet
{
    /// <summary>Model files, checkpoints, or folders of checkpoints. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Path { get; set => field = value ?? []; } = [];

    /// <summary>Files or folders as for Path, but without wildcards: each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set => field = value ?? []; } = [];

    /// <summary>
    /// Reads the model of the best epoch so far from a folder of checkpoints: that with the best value of -Monitor, or
    /// the smallest validation loss, or loss without validation data. -Keep does not delete it.
    /// </summary>
    [Parameter]
    public SwitchParameter Best { get; set; }

    /// <summary>Reads the model of the newest checkpoint, also if the training restored an earlier epoch.</summary>
    [Parameter]
    public SwitchParameter Last { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Best && Last)
            throw new DlException("BestAndLast", DlErrorKind.InvalidArgument,
                "-Best and -Last name different models of a training. Use one of them.");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var choice = Best ? CheckpointChoice.Best : Last ? CheckpointChoice.Last : CheckpointChoice.Result;
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal))
            try
            {
                Work((write, _) =>
                {
                    var model = CheckpointModel.LoadAny(
                        path, warning => write(() => WriteWarning(warning)), choice);
                    write(() => Write(model));
                });
            }
            catch (DlException e)
            {
                WriteError(ErrorRecords.Of(e, path));
            }
    }

    private void Write(Model model)
    {
        foreach (var record in model.History)
            FlatRecord.Of(record);
        WriteObject(model);
    }
}
