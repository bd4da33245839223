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
    /// The samples of an epoch: Each of them once; Balanced: the same number, drawn with replacement so that all
    /// classes are equally frequent; Episode: each batch has the same number of different samples of each of -Way
    /// classes, for the losses Prototypical, BatchHardTriplet and BatchContrastive.
    /// </summary>
    [Parameter]
    public Sampling Sampling { get; set; }

    /// <summary>The number of classes in a batch with -Sampling Episode.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Way { get; set; } = 5;

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
    /// The number format of the layers: Float32, BFloat16, or Mixed: bfloat16 in matrix products and convolutions,
    /// float32 in normalisations and softmax. Weights, losses, metrics, predictions and saved models are always
    /// float32. bfloat16 is faster on devices that support it and slower on CPUs that do not; compare with -DryRun.
    /// </summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Runs a few steps and returns the estimated time and memory of the training. The model is unchanged and nothing
    /// is written.
    /// </summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }
}
