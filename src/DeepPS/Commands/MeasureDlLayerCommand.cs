using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Shows what each layer of a model makes of data: whether the signal vanishes, explodes or dies on its way.</summary>
/// <remarks>
/// Samples run through the model as outside training, and the numbers of each layer's output are described. The model may
/// be trained or not; one that is not yet bound to an input shape takes the data's.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlLayer -Data $split.Train | Where-Object StandardDeviation -lt 0.01</code>
/// <para>Names the layers in which the signal vanishes.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlLayer")]
[OutputType(typeof(LayerStatistics))]
public sealed class MeasureDlLayerCommand : WorkCmdlet
{
    /// <summary>The model, trained or not.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>What to run through it: a dataset, or a split, whose training part is taken.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>How many samples to use at the most, from the first on.</summary>
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
