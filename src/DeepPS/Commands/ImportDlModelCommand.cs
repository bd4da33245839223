using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Reads models from files that Export-DlModel has written, and from checkpoints of trainings.</summary>
/// <remarks>
/// Of a folder, such as a run's directory, the newest checkpoint is taken that is whole; a damaged one is passed over with a warning.
/// A model from a checkpoint is what a training that had ended there would have given, with the epochs that were done: it predicts, is
/// measured and exported as any other. Resume-DlTraining goes on with the training itself.
/// </remarks>
/// <example>
/// <code>$model = Import-DlModel ./tickets.dlmodel</code>
/// <para>Reads a model, ready to predict or to be trained on.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./night | Measure-DlModel -Data $split.Test</code>
/// <para>Looks at how good the model of a training is that has not come to its end.</para>
/// </example>
/// <example>
/// <code>Get-DlRun ./nights | Sort-Object ValidationLoss | Select-Object -First 1 | Import-DlModel | Export-DlModel ./best.dlmodel</code>
/// <para>Keeps the model of the best of several trainings, each of which has its checkpoints in a folder of its own under ./nights.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportDlModelCommand : WorkCmdlet
{
    /// <summary>Model files, checkpoints, folders of checkpoints. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>As Path, but each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal))
            try
            {
                Work((write, _) =>
                {
                    var model = CheckpointModel.LoadAny(path, warning => write(() => WriteWarning(warning)));
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
