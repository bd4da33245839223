using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>List runs with their state and the results of their last epoch.</summary>
/// <remarks>
/// Each loss and metric of the last epoch is a property, each value that Measure-DlModel measured with the model (as
/// TestLoss and so on), and each setting. All runs have the same properties, so that Export-Csv writes them all. A run
/// whose process ended without a final record is Interrupted; one whose record cannot be read is Damaged, with a
/// warning and the problem as its Reason. The method Settings() returns the settings of a run alone. Its directory has
/// run.json, epochs.csv and log.txt, which can be read while it runs.
/// </remarks>
/// <example>
/// <code>Get-DlRun | Sort-Object ValidationLoss | Select-Object -First 5</code>
/// <para>Shows the five runs with the smallest validation loss.</para>
/// </example>
/// <example>
/// <code>Get-DlRun ./runs | Where-Object State -eq Interrupted</code>
/// <para>Finds runs that a crash or a reboot ended.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlRun")]
[OutputType(typeof(RunInfo))]
public sealed class GetDlRunCommand : DlCmdlet
{
    /// <summary>
    /// Folders of runs, or directories of single runs. Wildcards are allowed. Default: the environment variable
    /// DEEPPS_RUNS, or ./runs.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    private readonly List<RunInfo> runs = [];

    /// <inheritdoc/>
    protected override object? Input => Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var folder in this.ResolveFiles(Path ?? [TrainingCmdlet.DefaultRuns], literal: false))
            foreach (var run in RunInfo.In(folder))
            {
                if (run.State == "Damaged")
                    WriteWarning($"The record of run '{run.Path}' is damaged: {run.Reason}. Its checkpoints and "
                        + "models are not affected; Remove-DlRun removes the run with all its files.");
                runs.Add(run);
            }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var run in FlatRecord.Of(runs))
            WriteObject(run);
    }
}
