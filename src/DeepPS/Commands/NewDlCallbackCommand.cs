using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Make a training callback from script blocks, for Invoke-DlTraining -Callback.</summary>
/// <remarks>
/// Script blocks run in the session that trains, and training waits for them. In another session than the one that they
/// are written in, such as a job's, they are copied: they see variables of the first session only through $using:.
/// Training ends when the last output of -OnBatch or -OnEpoch is $false. $training has Model, Epoch, LastEpoch, Step,
/// StepsPerEpoch, TotalSteps, LearningRate and Loss; reading Loss waits for the device.
/// </remarks>
/// <example>
/// <code>$show = { param($record) Write-Host "$($record.Epoch): $($record.Loss)" }
/// $log = New-DlCallback -OnEpoch $show -OnEnd { param($training, $end) Write-Host "Training: $end." }
/// $model | Invoke-DlTraining -Data $split -Callback $log</code>
/// <para>Prints the loss of each epoch, and how the training ended.</para>
/// </example>
/// <example>
/// <code>New-DlCallback -OnBatch {
///     param($training)
///     -not ($training.TotalSteps % 100 -eq 0 -and $training.Loss -lt 0.05)
/// }</code>
/// <para>Checks the loss every hundred steps, and ends the training when it is small enough.</para>
/// </example>
/// <example>
/// <code>$log = Resolve-Path ./epochs.txt
/// $write = New-DlCallback { param($record) Add-Content $using:log "$($record.Epoch) $($record.Loss)" }
/// $job = $model | Invoke-DlTraining -Data $split -AsJob -Callback $write</code>
/// <para>Logs a training in a job; the job gets the value of $log when it starts.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlCallback")]
[OutputType(typeof(ActionCallback))]
public sealed class NewDlCallbackCommand : DlCmdlet
{
    /// <summary>Called before the first step: { param($training) ... }. Default: none.</summary>
    [Parameter]
    public ScriptBlock? OnBegin { get; set; }

    /// <summary>Called after each batch: { param($training) ... }. $false ends the training. Default: none.</summary>
    [Parameter]
    public ScriptBlock? OnBatch { get; set; }

    /// <summary>Called after each epoch: { param($record) ... }. $false ends the training. Default: none.</summary>
    [Parameter(Position = 0)]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// Called after the last step: { param($training, $end) ... }. $end is Finished, StoppedEarly, Preempted, Cancelled
    /// or Failed. Default: none.
    /// </summary>
    [Parameter]
    public ScriptBlock? OnEnd { get; set; }

    /// <inheritdoc/>
    protected override void End() => WriteObject(new ScriptCallback(OnBegin, OnBatch, OnEpoch, OnEnd));
}
