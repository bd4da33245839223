using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Plots;

namespace DeepPS.Commands;

/// <summary>Show what layers have learned: filters, activation maps, and histograms by layer.</summary>
/// <remarks>
/// Filters are drawn in blue above 0 and in vermilion below, with one scale for the sheet. Filters of three channels,
/// and dense layers that read an image, are drawn as pictures; filters of more channels as a row of channels.
/// Activation maps are drawn from black to white, each with its own scale, after the input.
///
/// -Kind Weight, Gradient and Activation draw a histogram for each layer: gradients near 0 in the first layers vanish;
/// outputs that are 0 nearly everywhere are dead units. Gradients are those of the model's loss, in inference mode, and
/// nothing is trained.
/// </remarks>
/// <example>
/// <code>$model | Show-DlLayer ./filters.png</code>
/// <para>Shows the filters of the first convolution.</para>
/// </example>
/// <example>
/// <code>$model | Show-DlLayer ./maps.png -Layer conv2d2 -Data $split.Test -Count 6</code>
/// <para>Shows what a layer sees in six pictures.</para>
/// </example>
/// <example>
/// <code>$model | Show-DlLayer -Kind Gradient -Data $split</code>
/// <para>Shows the gradients of each layer in the terminal.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlLayer", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(Sheet), typeof(Figure))]
public sealed class ShowDlLayerCommand : DrawingCmdlet
{
    private const int Maps = 8, Samples = 256;

    /// <summary>A model, or the path of a model file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>
    /// The layer of filters and maps, by name; for filters also one inside another, such as layer1.0.body.conv2d1.
    /// Default: the first convolution, or the first layer with a weight.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Layer { get; set; }

    /// <summary>What to show. Default: Filter; with -Data, Map.</summary>
    [Parameter]
    public LayerViewKind? Kind { get; set; }

    /// <summary>
    /// The samples for maps, gradients and activations: a dataset, or a split, whose training part is used. Default:
    /// none.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>
    /// Number of samples at most, from the start of the data. Default: 8 for maps, 256 for histograms.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100000)]
    public int? Count { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var kind = Kind ?? (Data is null ? LayerViewKind.Filter : LayerViewKind.Map);
        var data = Data is null ? null : ModelSource.TrainingData(Data).Train;
        if (data is null && kind is not (LayerViewKind.Filter or LayerViewKind.Weight))
            throw new DlException("DataNeeded", DlErrorKind.InvalidArgument,
                $"-Kind {kind} needs samples to run through the model. Give them with -Data.", kind);
        var model = this.ModelOf(Model);
        try
        {
            Emit(_ => kind switch
            {
                LayerViewKind.Filter => LayerFilters.Of(model, Layer),
                LayerViewKind.Map => ActivationMaps.Of(model, data!, Layer, Count ?? Maps),
                LayerViewKind.Weight => LayerHistograms.Weights(model),
                LayerViewKind.Gradient => LayerHistograms.Gradients(model, data!, Count ?? Samples),
                _ => LayerHistograms.Activations(model, data!, Count ?? Samples),
            });
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model.Dispose();
        }
    }
}
