using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <content>The parameters of a run: early stopping, precision, device, checkpoints.</content>
public sealed partial class InvokeDlTrainingCommand
{
    /// <summary>
    /// The samples of an epoch: Each of them once, or Balanced: the same number, drawn with replacement so that all
    /// classes are equally frequent.
    /// </summary>
    [Parameter]
    public Sampling Sampling { get; set; }

    /// <summary>
    /// Number of epochs without improvement of the -Monitor value after which training stops. Default: no early
    /// stopping.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Patience { get; set; }

    /// <summary>The smallest change that counts as an improvement, with -Patience.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double MinimumDelta { get; set; }

    /// <summary>
    /// The value that -Patience monitors: Loss, ValidationLoss or the name of a metric. Default: the validation loss;
    /// the loss without validation data.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MonitorCompleter))]
    public string? Monitor { get; set; }

    /// <summary>
    /// Keeps the parameters of the last epoch when -Patience ends the training, instead of restoring the best ones.
    /// </summary>
    [Parameter]
    public SwitchParameter NoRestoreBest { get; set; }

    /// <summary>
    /// What to do when the loss, the validation loss or a parameter is not a finite number: Stop with an error, or
    /// Recover: restore the last good parameters and continue with half the learning rate, up to ten times. If
    /// validation detects it, the epoch is repeated.
    /// </summary>
    [Parameter]
    public Divergence OnDivergence { get; set; }

    /// <summary>
    /// The number format of the layers: Float32, BFloat16, or Mixed: bfloat16 in matrix products and convolutions,
    /// float32 in normalisations and softmax. Weights, losses, metrics, predictions and saved models are always
    /// float32. bfloat16 is faster on devices that support it and slower on CPUs that do not; compare with -DryRun.
    /// </summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Uses only torch algorithms that give the same numbers each time, also on a CUDA device, where they may be
    /// slower; an operation without one is an error. On the CPU, the same seed and number of threads give the same
    /// numbers without it.
    /// </summary>
    [Parameter]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>The device to train on: cpu, cuda, cuda:1 or auto. Default: the model's device.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>
    /// Number of CPU threads. A different number may change the last digits of results. Default: one per core.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Threads { get; set; }

    /// <summary>Keeps the samples in the same order in every epoch.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>
    /// The folder of this training's checkpoints, which hold everything but the data to resume it. One training at a
    /// time can use it. Default: no checkpoints.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Resumes from the newest checkpoint in -CheckpointPath, if there is one, also in the middle of an epoch. The
    /// final weights equal those of an uninterrupted training. Scripts can always set it. If all checkpoints are
    /// damaged, it is an error.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>
    /// Runs a few steps and returns the estimated time and memory of the training. The model is unchanged and nothing
    /// is written.
    /// </summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>
    /// Trains in a job: Receive-Job returns the epochs, Stop-Job ends it with a last checkpoint. Script blocks, also
    /// those of -Callback, are copied as by Start-ThreadJob: they see variables of the session only through $using:.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }
}
