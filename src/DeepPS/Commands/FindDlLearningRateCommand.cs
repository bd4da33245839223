using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Search;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Find a learning rate by a short training with a growing rate, until the loss diverges.</summary>
/// <remarks>
/// The model is left unchanged. Suggestion is the rate at which the smoothed loss falls fastest; Curve has the loss at
/// each step. Smith, Cyclical learning rates for training neural networks (2017).
/// </remarks>
/// <example>
/// <code>$rate = ($model | Find-DlLearningRate -Data $split).Suggestion
/// $model | Invoke-DlTraining -Data $split -LearningRate $rate</code>
/// <para>Trains with the suggested rate.</para>
/// </example>
/// <example>
/// <code>($model | Find-DlLearningRate -Data $split -Optimizer SGD).Curve | Export-Csv curve.csv</code>
/// <para>Saves the curve of losses for a plot.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "DlLearningRate")]
[OutputType(typeof(LearningRateSweep))]
public sealed class FindDlLearningRateCommand : WorkCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to train on: a split, whose training part is used, or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>The optimizer: an object from New-DlOptimizer, or a name.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    [ValidateNotNull]
    public Optimizer Optimizer { get; set; } = new Adam();

    /// <summary>
    /// The loss: an object from New-DlLoss, or a name. Default: cross-entropy for classes, squared error for numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>Number of samples per step.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>The first learning rate.</summary>
    [Parameter]
    public double From { get; set; } = 1e-7;

    /// <summary>The last learning rate.</summary>
    [Parameter]
    public double To { get; set; } = 10;

    /// <summary>Number of steps at most.</summary>
    [Parameter]
    [ValidateRange(10, int.MaxValue)]
    public int Steps { get; set; } = 100;

    /// <summary>The seed of the samples' order and of the layers' random numbers.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>The number format of the layers, as for Invoke-DlTraining: Float32, BFloat16 or Mixed.</summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>
    /// Number of CPU threads. A different number may change the last digits of results. Default: one per core.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Threads { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TrainingData(Data);
        var options = new TrainingOptions
        {
            Optimizer = Optimizer,
            Loss = Loss,
            BatchSize = BatchSize,
            Seed = Seed,
            Precision = Precision,
            Threads = Threads,
        };
        WriteObject(Work(cancel =>
            LearningRateFinder.Find(Model, options, data.Train, data.Plan, From, To, Steps, cancel: cancel)));
    }
}
