using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Compare runs: the settings in which they differ, and their results.</summary>
/// <remarks>
/// Returns one object per run: its name, the settings that are not the same in all runs, and the losses and metrics of
/// its last epoch and of the last Measure-DlModel (TestLoss and so on).
/// </remarks>
/// <example>
/// <code>Get-DlRun | Compare-DlRun | Sort-Object ValidationLoss | Format-Table</code>
/// <para>Shows the results of the settings that were tried.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "DlRun")]
[OutputType(typeof(PSObject))]
public sealed class CompareDlRunCommand : DlCmdlet
{
    private readonly List<RunInfo> runs = [];

    /// <summary>The runs, from Get-DlRun.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public RunInfo[] Run { get; set; } = [];

    /// <inheritdoc/>
    protected override object Input => Run;

    /// <inheritdoc/>
    protected override void Process() => runs.AddRange(Run);

    /// <inheritdoc/>
    protected override void End()
    {
        var differing = RunInfo.Differences(runs);
        var values = runs.SelectMany(Results).Select(value => value.Key).Distinct().ToArray();
        foreach (var run in runs)
        {
            var (settings, results) = (run.Settings().ToDictionary(), Results(run).ToDictionary());
            var row = new PSObject();
            row.Set(nameof(run.Name), run.Name);
            foreach (var name in differing)
                row.Set(name, settings.GetValueOrDefault(name));
            row.Set(nameof(run.Epochs), run.Epochs);
            foreach (var name in values)
                row.Set(name, results.GetValueOrDefault(name));
            WriteObject(row);
        }
    }

    private static IEnumerable<KeyValuePair<string, double?>> Results(RunInfo run) =>
        run.Values().Concat(run.TestValues());
}
