using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <content>The parameters of the game, its steps and its run.</content>
public sealed partial class InvokeDlGanTrainingCommand
{
    private const double Smallest = 1e-30;

    /// <summary>
    /// What both models minimize: Standard (Goodfellow 2014), LeastSquares (Mao 2017), Hinge (Lim and Ye 2017) or
    /// Wasserstein (Arjovsky 2017). Get-DlCatalog GanObjective lists them.
    /// </summary>
    [Parameter]
    [CatalogItem<GanObjective>]
    [ArgumentCompleter(typeof(CatalogCompleter<GanObjective>))]
    [ValidateNotNull]
    public GanObjective Objective { get; set; } = new StandardGan();

    /// <summary>
    /// Number of the critic's steps for each step of the generator. Default: 1; 5 with -Objective Wasserstein.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? CriticSteps { get; set; }

    /// <summary>
    /// The factor of the penalty on gradients of the critic whose norm is not 1 (Gulrajani 2017). Default: 0, no
    /// penalty; 10 with -Objective Wasserstein and without -ClipWeight.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? GradientPenalty { get; set; }

    /// <summary>
    /// The largest absolute value of the critic's parameters, such as 0.01; larger ones are clipped after each step
    /// (Arjovsky 2017). Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipWeight { get; set; }

    /// <summary>
    /// Number of random numbers per sample. Default: the size of the generator's input; 100 if it is not known yet.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? CodeSize { get; set; }

    /// <summary>Gives both models the class of each sample, the data's label.</summary>
    [Parameter]
    [Alias("Label")]
    public SwitchParameter Conditional { get; set; }

    /// <summary>Number of passes over the real samples.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Epochs { get; set; } = 10;

    /// <summary>Number of real samples per step; as many are generated.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 64;

    /// <summary>
    /// The optimizer: an object from New-DlOptimizer, or a name. Default: Adam with learning rate 0.0002 and Beta1 0.5,
    /// as in DCGAN (Radford 2015).
    /// </summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    public Optimizer? Optimizer { get; set; }

    /// <summary>The optimizer of the critic. Default: the same as -Optimizer.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    public Optimizer? CriticOptimizer { get; set; }

    /// <summary>
    /// The schedule of both learning rates: an object from New-DlSchedule, a name, or a script block that returns the
    /// factor on the learning rate. Default: constant learning rates.
    /// </summary>
    [Parameter]
    [CatalogItem<Schedule>]
    [ArgumentCompleter(typeof(CatalogCompleter<Schedule>))]
    public Schedule? Schedule { get; set; }

    /// <summary>
    /// The largest norm of a step's gradients, taken as one vector for each model; larger ones are scaled down.
    /// Default: no limit.
    /// </summary>
    [Parameter]
    [ValidateRange(Smallest, double.MaxValue)]
    public double? ClipNorm { get; set; }

    /// <summary>
    /// The decay per step of a moving average of the generator's weights, usually 0.99 to 0.9999. The pictures of
    /// -SamplePath and the trained generator have the average. Default: no average.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double? AverageDecay { get; set; }

    /// <summary>
    /// The folder for a picture of generated samples after each epoch, epoch-001.png and so on, always of the same
    /// random numbers. It is created. Default: no pictures.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SamplePath { get; set; }

    /// <summary>Number of samples in each picture, with -SamplePath.</summary>
    [Parameter]
    [ValidateRange(1, 2500)]
    public int SampleCount { get; set; } = 64;

    /// <summary>The seed of the order of the real samples and of all random numbers.</summary>
    [Parameter]
    public int Seed { get; set; }
}
