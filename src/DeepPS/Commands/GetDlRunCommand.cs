using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Lists runs from their records: their state, and what their last epoch came to.</summary>
/// <remarks>
/// Each loss and metric of the last epoch is a property. A run whose process is gone without a word is Interrupted. Settings()
/// gives all settings of a run; its directory has run.json, epochs.csv and log.txt, which any tool opens while it grows.
/// </remarks>
/// <example>
/// <code>Get-DlRun | Sort-Object ValidationLoss | Select-Object -First 5</code>
/// <para>Shows the five runs with the smallest validation loss.</para>
/// </example>
/// <example>
/// <code>Get-DlRun ./runs | Where-Object State -eq Interrupted</code>
/// <para>Finds runs that a crash or a reboot has ended.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlRun")]
[OutputType(typeof(RunInfo))]
public sealed class GetDlRunCommand : DlCmdlet
{
    /// <summary>Folders of runs, or directories of single ones. Without it: the environment's DEEPPS_RUNS, or runs.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <inheritdoc/>
    protected override object? Input => Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var folder in this.ResolveFiles(Path ?? [TrainingCmdlet.DefaultRuns], literal: false))
            foreach (var run in RunInfo.In(folder))
                WriteObject(FlatRecord.Of(run));
    }
}
