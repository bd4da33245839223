using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Remove runs with all their files and checkpoints, after confirmation.</summary>
/// <example>
/// <code>Get-DlRun | Where-Object { $_.State -eq 'Failed' -and $_.Started -lt (Get-Date).AddDays(-30) } |
///     Remove-DlRun</code>
/// <para>Removes failed runs that started more than thirty days ago.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "DlRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveDlRunCommand : DlCmdlet
{
    /// <summary>The runs, from Get-DlRun.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public RunInfo[] Run { get; set; } = [];

    /// <summary>Removes running runs too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Run;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var run in Run)
        {
            // It may have started or resumed since it was listed.
            if (RunInfo.In(run.Path).Append(run).First().State == "Running" && !Force)
                throw new DlException("RunUnderWay", DlErrorKind.InvalidOperation,
                    $"Run '{run.Name}' is still running. Stop it first, or use -Force.", run);
            if (ShouldProcess(run.Path, "Remove the run and its checkpoints"))
                run.Remove();
        }
    }
}
