using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Measure the curvature of a model's loss: eigenvalues and trace of its Hessian.</summary>
/// <remarks>
/// The Hessian is the matrix of second derivatives of the mean loss by the parameters that are not frozen. Its largest
/// and smallest eigenvalues are found by Lanczos' iteration on exact products with vectors (Pearlmutter 1994), its
/// trace is estimated with random signs (Hutchinson 1989). StableLearningRate is 2 / Largest: plain gradient descent
/// with a larger learning rate diverges. ErrorBound is the largest error that an eigenvalue may have.
///
/// Layers run as for predictions: without Dropout, and BatchNorm with its running statistics. Penalties of regularizers
/// are not part of the loss. An untrained model is measured at its initial parameters. The measurement keeps 8 bytes
/// for each parameter and iteration; 4 bytes above a million parameters.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlCurvature -Data $split -Top 5</code>
/// <para>Measures the five largest and smallest eigenvalues on the training part.</para>
/// </example>
/// <example>
/// <code>$rate = ($model | Measure-DlCurvature $split -Sample 1000).StableLearningRate
/// $model | Invoke-DlTraining -Data $split -Optimizer SGD -LearningRate ($rate / 2)</code>
/// <para>Trains with half of the largest stable learning rate.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./runs/*.dlmodel | Measure-DlCurvature $split.Test | Export-Csv curvature.csv</code>
/// <para>Compares the minima of several trainings.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlCurvature")]
[OutputType(typeof(LossCurvature))]
public sealed class MeasureDlCurvatureCommand : WorkCmdlet
{
    private double share;

    /// <summary>The model, trained or not.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to measure on: a dataset, or a split, whose training part is used.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>The number of eigenvalues at each end of the spectrum.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Top { get; set; } = 5;

    /// <summary>
    /// The loss: an object from New-DlLoss, or a name. Default: that of the model's last training; for an untrained
    /// model cross-entropy for classes, squared error for numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? Loss { get; set; }

    /// <summary>Number of rows to use, drawn at random. Default: all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Sample { get; set; }

    /// <summary>Number of random vectors for the trace; 0: no trace.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int Probe { get; set; } = 30;

    /// <summary>Number of Lanczos iterations at most; each takes the time of two backward passes over the rows.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Iterations { get; set; } = 100;

    /// <summary>The iterations end when the error bound of each eigenvalue, relative to the largest, is smaller.
    /// </summary>
    [Parameter]
    [ValidateNotNegative]
    public double Tolerance { get; set; } = 1e-4;

    /// <summary>Number of rows in a batch. It changes the memory that is needed, not the result.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = 256;

    /// <summary>The seed of the rows and of the random vectors.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var (data, _, plan) = ModelSource.TrainingData(Data);
        LossCurvature? found = null;
        Work((_, cancel) => found = CurvatureMeter.Measure(Model, data, Options, plan, done => share = done, cancel),
            () => new ProgressRecord(1, "Measuring the curvature", $"{share:P0} of the products at most")
            {
                PercentComplete = (int)(100 * share),
            });
        if (!found!.Converged)
            WriteWarning($"After {found.Iterations} iterations an eigenvalue may be off by {found.ErrorBound:g2}. "
                + "Use a larger -Iterations, a larger -Tolerance or a smaller -Top.");
        WriteObject(FlatRecord.Of(found));
    }

    private CurvatureOptions Options => new()
    {
        Loss = Loss,
        Top = Top,
        Samples = Sample,
        Probes = Probe,
        Iterations = Iterations,
        Tolerance = Tolerance,
        BatchSize = BatchSize,
        Seed = Seed,
    };
}
