using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>
/// Measure the output of each layer of a model, to find vanishing or exploding signals and dead units.
/// </summary>
/// <remarks>
/// Samples run through the model in inference mode, and statistics of each layer's output are returned. The model may
/// be untrained; without an input shape it takes the data's.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlLayer -Data $split.Train | Where-Object StandardDeviation -lt 0.01</code>
/// <para>Finds the layers in which the signal vanishes.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlLayer")]
[OutputType(typeof(LayerStatistics))]
public sealed class MeasureDlLayerCommand : WorkCmdlet
{
    /// <summary>The model, trained or not.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The data to run through the model: a dataset, or a split, whose training part is used.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>Number of samples at most, from the start of the data.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1024;

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TrainingData(Data).Train;
        WriteObject(Work(_ => LayerMeter.Measure(Model, data, Count)), enumerateCollection: true);
    }
}
