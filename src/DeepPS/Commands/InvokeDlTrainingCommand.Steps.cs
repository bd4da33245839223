using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <content>The parameters of steps: optimizer, loss, batches, samples.</content>
public sealed partial class InvokeDlTrainingCommand
{
    /// <summary>Number of passes over the training samples.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epochs { get; set; } = 10;

    /// <summary>Number of samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>The optimizer: an object from New-DlOptimizer, or a name.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    [ValidateNotNull]
    public Optimizer Optimizer { get; set; } = new Adam();

    /// <summary>The learning rate, which replaces the optimizer's. Default: the optimizer's learning rate.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? LearningRate { get; set; }

    /// <summary>
    /// Trains the model to reconstruct its input (an autoencoder), whatever label the data has. Data without a label
    /// implies it.
    /// </summary>
    [Parameter]
    public SwitchParameter Reconstruct { get; set; }

    /// <summary>
    /// The loss: an object from New-DlLoss, or a name. Default: cross-entropy for classes, squared error for numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>
    /// The metrics to report for each epoch besides the loss. Default: accuracy for classes, mean absolute error for
    /// numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>
    /// The schedule of the learning rate: an object from New-DlSchedule, a name, or a script block that returns the
    /// factor on the learning rate. The script block gets the step's number from 0, the steps per epoch and the steps
    /// of the run: { param($step, $stepsPerEpoch, $totalSteps) ... }. Default: a constant learning rate.
    /// </summary>
    [Parameter]
    [CatalogItem<Schedule>]
    [ArgumentCompleter(typeof(CatalogCompleter<Schedule>))]
    public Schedule? Schedule { get; set; }

    /// <summary>
    /// Learning rates by depth (Howard and Ruder 2018): the last layer learns at the optimizer's rate, each layer with
    /// parameters before it at this factor times the rate of the next; 0.38 in ULMFiT. A layer with a LearningRate of
    /// its own keeps it. Default: the same rate for all layers.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, 1.0)]
    public double? LayerDecay { get; set; }

    /// <summary>
    /// The largest norm of a step's gradients, taken as one vector; larger ones are scaled down. Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipNorm { get; set; }

    /// <summary>
    /// The largest absolute value of a gradient's elements; larger ones are clipped, before -ClipNorm. Default: no
    /// limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipValue { get; set; }

    /// <summary>
    /// Number of batches whose gradients are added up for one step, as if they were one batch; saves memory.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int AccumulateSteps { get; set; } = 1;

    /// <summary>
    /// Splits a batch into 2, 4, 8, ... parts if it does not fit into memory: as few as possible, found before the
    /// first step, and more if a later step runs out of memory. The parts' gradients are added up, so that a step
    /// equals one of -BatchSize, except for layers that use the whole batch (BatchNorm) and the random numbers of
    /// Dropout.
    /// </summary>
    [Parameter]
    public SwitchParameter AutoBatchSize { get; set; }

    /// <summary>
    /// The decay per step of a moving average of the weights, usually 0.99 to 0.9999. Validation uses the average, and
    /// the model gets it at the end. Default: no average.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? AverageDecay { get; set; }

    /// <summary>The seed of the samples' order and of the random numbers of layers and augmentations.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// The weight of each class in the loss: Balanced, or a hashtable of weights by class name. Default: all classes
    /// have weight 1.
    /// </summary>
    [Parameter]
    [ClassWeightConversion]
    [ArgumentCompleter(typeof(ClassWeightCompleter))]
    public ClassWeights? ClassWeight { get; set; }

    /// <summary>
    /// Random changes to the training samples, applied in order: objects from New-DlAugmentation, or names. Validation
    /// uses the unchanged samples. Default: none.
    /// </summary>
    [Parameter]
    [CatalogItem<Augmentation>]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public Augmentation[] Augmentation { get; set => field = value ?? []; } = [];

    /// <summary>
    /// Adversarial training: an attack (Fgsm, Pgd, or an object from New-DlAttack) changes each batch within its
    /// Epsilon before it is learned, so that the model withstands such changes. Default: none.
    /// </summary>
    [Parameter]
    [CatalogItem<Attack>]
    [ArgumentCompleter(typeof(CatalogCompleter<Attack>))]
    public Attack? Adversarial { get; set; }
}
