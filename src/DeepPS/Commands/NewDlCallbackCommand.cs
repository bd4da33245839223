using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Makes a callback of script blocks, which takes part in trainings: Invoke-DlTraining -Callback.</summary>
/// <remarks>
/// Script blocks run in the session that trains, and training waits for them. In another session than the one that they are
/// written in, such as a job's, they are made anew from their text: they see variables of the first through $using: alone. Where one of a batch or an epoch gives $false as its
/// last value, training ends after it. A training has Model, Epoch, LastEpoch, Step, StepsPerEpoch, TotalSteps, LearningRate
/// and Loss; to read Loss, the device is waited for.
/// </remarks>
/// <example>
/// <code>$log = New-DlCallback -OnEpoch { param($record) Write-Host "$($record.Epoch): $($record.Loss)" } -OnEnd { param($training, $end) Write-Host "It $end." }
/// $model | Invoke-DlTraining -Data $split -Callback $log</code>
/// <para>Says what each epoch came to, and how the training ended.</para>
/// </example>
/// <example>
/// <code>New-DlCallback -OnBatch { param($training) -not ($training.TotalSteps % 100 -eq 0 -and $training.Loss -lt 0.05) }</code>
/// <para>Looks at the loss every hundred steps, and ends the training when it is small enough.</para>
/// </example>
/// <example>
/// <code>$log = Resolve-Path ./epochs.txt
/// $job = $model | Invoke-DlTraining -Data $split -AsJob -Callback (New-DlCallback { param($record) Add-Content $using:log "$($record.Epoch) $($record.Loss)" })</code>
/// <para>Takes part in a training in a job; the job gets the value of $log as it begins.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlCallback")]
[OutputType(typeof(ActionCallback))]
public sealed class NewDlCallbackCommand : DlCmdlet
{
    /// <summary>Called before the first step: { param($training) ... }.</summary>
    [Parameter]
    public ScriptBlock? OnBegin { get; set; }

    /// <summary>Called after each batch: { param($training) ... }. $false ends the training.</summary>
    [Parameter]
    public ScriptBlock? OnBatch { get; set; }

    /// <summary>Called after each epoch: { param($record) ... }. $false ends the training.</summary>
    [Parameter(Position = 0)]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>Called after the last step: { param($training, $end) ... }, where $end is Finished, StoppedEarly, Preempted, Cancelled or Failed.</summary>
    [Parameter]
    public ScriptBlock? OnEnd { get; set; }

    /// <inheritdoc/>
    protected override void End() => WriteObject(new ScriptCallback(OnBegin, OnBatch, OnEpoch, OnEnd));
}
