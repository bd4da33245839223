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

/// <summary>Finds a learning rate for a model and data, by a short training whose rate grows until the loss explodes.</summary>
/// <remarks>
/// The model is as before afterwards. The suggestion is the rate at which the smoothed loss falls fastest; Curve has each step.
/// Smith, Cyclical learning rates for training neural networks (2017).
/// </remarks>
/// <example>
/// <code>$rate = ($model | Find-DlLearningRate -Data $split).Suggestion
/// $model | Invoke-DlTraining -Data $split -LearningRate $rate</code>
/// <para>Trains with the suggested rate.</para>
/// </example>
/// <example>
/// <code>($model | Find-DlLearningRate -Data $split -Optimizer SGD).Curve | Export-Csv curve.csv</code>
/// <para>Keeps the curve of losses for a plot.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "DlLearningRate")]
[OutputType(typeof(LearningRateSweep))]
public sealed class FindDlLearningRateCommand : WorkCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>What to learn from: a split, of which the training part is taken, or a dataset.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>How parameters follow their gradients: an object from New-DlOptimizer, or a bare name.</summary>
    [Parameter]
    [CatalogItem<Optimizer>]
    [ArgumentCompleter(typeof(CatalogCompleter<Optimizer>))]
    public Optimizer Optimizer { get; set; } = new Adam();

    /// <summary>What to make small. Without it: cross-entropy for classes, squared error for numbers.</summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>How many samples a step learns from.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 32;

    /// <summary>The first rate.</summary>
    [Parameter]
    public double From { get; set; } = 1e-7;

    /// <summary>The last rate.</summary>
    [Parameter]
    public double To { get; set; } = 10;

    /// <summary>How many steps to take at the most.</summary>
    [Parameter]
    [ValidateRange(10, int.MaxValue)]
    public int Steps { get; set; } = 100;

    /// <summary>What the order of the samples and the random numbers of layers follow from.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>What numbers layers compute with, as in the training that is to come: Float32, BFloat16 or Mixed.</summary>
    [Parameter]
    public TrainingPrecision Precision { get; set; }

    /// <summary>Number of processor threads. Default: one for each core. With another number the last digits of results may differ.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int Threads { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TrainingData(Data);
        var options = new TrainingOptions
        {
            Optimizer = Optimizer, Loss = Loss, BatchSize = BatchSize, Seed = Seed, Precision = Precision,
            Threads = Given(nameof(Threads)) ? Threads : null,
        };
        WriteObject(Work(cancel => LearningRateFinder.Find(Model, options, data.Train, data.Plan, From, To, Steps, cancel: cancel)));
    }
}
