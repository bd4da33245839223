using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>
/// Make a training callback for Invoke-DlTraining -Callback: of script blocks, or to unfreeze layers in turn.
/// </summary>
/// <remarks>
/// Script blocks run in the session that trains, and training waits for them. In another session than the one that they
/// are written in, such as a job's, they are copied: they see variables of the first session only through $using:.
/// Training ends when the last output of -OnBatch or -OnEpoch is $false. $training has Model, Epoch, LastEpoch, Step,
/// StepsPerEpoch, TotalSteps, LearningRate and Loss; reading Loss waits for the device.
///
/// With -Unfreeze a training begins with the last layer alone, and the next one before it joins after each epoch
/// (gradual unfreezing, Howard and Ruder 2018), so that new layers do not spoil trained ones. Layers that have to wait
/// are frozen for that time. A resumed training continues with the layers of its epoch.
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
/// <example>
/// <code>$unfreeze = New-DlCallback -Unfreeze -Group dense*, conv2d2, conv2d1 -EpochsPerGroup 2
/// $model | Invoke-DlTraining -Data $few -Epochs 8 -Callback $unfreeze -LayerDecay 0.38</code>
/// <para>Trains the Dense layers for two epochs, then the second convolution too, then all layers; earlier layers have
/// lower learning rates.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlCallback", DefaultParameterSetName = ScriptSet)]
[OutputType(typeof(ActionCallback), typeof(GradualUnfreezing))]
public sealed class NewDlCallbackCommand : DlCmdlet
{
    private const string ScriptSet = "Script", UnfreezeSet = "Unfreeze";

    /// <summary>Called before the first step: { param($training) ... }. Default: none.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    public ScriptBlock? OnBegin { get; set; }

    /// <summary>Called after each batch: { param($training) ... }. $false ends the training. Default: none.</summary>
    [Parameter(ParameterSetName = ScriptSet)]
    public ScriptBlock? OnBatch { get; set; }

    /// <summary>Called after each epoch: { param($record) ... }. $false ends the training. Default: none.</summary>
    [Parameter(Position = 0, ParameterSetName = ScriptSet)]
    public ScriptBlock? OnEpoch { get; set; }

    /// <summary>
    /// Called after the last step: { param($training, $end) ... }. $end is Finished, StoppedEarly, Preempted, Cancelled
    /// or Failed. Default: none.
    /// </summary>
    [Parameter(ParameterSetName = ScriptSet)]
    public ScriptBlock? OnEnd { get; set; }

    /// <summary>Unfreezes layers in turn, from the last to the first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnfreezeSet)]
    public SwitchParameter Unfreeze { get; set; }

    /// <summary>
    /// The names of the layers that learn first, of those that join next, and so on. Wildcards are allowed. Layers that
    /// no name matches learn from the beginning. Default: each layer with parameters, from the last to the first.
    /// </summary>
    [Parameter(ParameterSetName = UnfreezeSet)]
    [SupportsWildcards]
    public string[] Group { get; set => field = value ?? []; } = [];

    /// <summary>Number of epochs after which the next layers join.</summary>
    [Parameter(ParameterSetName = UnfreezeSet)]
    [ValidateRange(1, int.MaxValue)]
    public int EpochsPerGroup { get; set; } = 1;

    /// <inheritdoc/>
    protected override void End() => WriteObject(ParameterSetName == ScriptSet
        ? new ScriptCallback(OnBegin, OnBatch, OnEpoch, OnEnd)
        : new GradualUnfreezing
        {
            EpochsPerGroup = EpochsPerGroup,
            Groups = Group.Select(pattern => new LayerGroup(pattern,
                new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch)).ToArray(),
        });
}
