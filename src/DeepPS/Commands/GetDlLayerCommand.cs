using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Commands;

/// <summary>Get the layers of a model with their trained weights, to begin another model with them.</summary>
/// <remarks>
/// The layers go on to New-DlLayer and New-DlModel. In the new model they begin with the weights and the statistics of
/// the first one; later trainings of one model do not change the other. The new model needs data of the same shape, and
/// prepares it by its own statistics: for images, use the same -ImageNormalize. Embeddings of coded columns begin anew.
/// </remarks>
/// <example>
/// <code>$model | Get-DlLayer -Until features -Freeze | New-DlLayer Dense 5 | New-DlModel |
///     Invoke-DlTraining -Data $few</code>
/// <para>Trains a new last layer on the features that another model has learned.</para>
/// </example>
/// <example>
/// <code>$tuned = $model | Get-DlLayer -Until features | New-DlLayer Dense 5 -LearningRate 0.01 | New-DlModel
/// $tuned | Invoke-DlTraining -Data $few -Optimizer (New-DlOptimizer Adam 1e-4)</code>
/// <para>Trains all layers, those that were trained before at a low learning rate.</para>
/// </example>
/// <example>
/// <code>$decoder = $autoencoder | Get-DlLayer -After code | New-DlModel</code>
/// <para>Takes the decoder of an autoencoder.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlLayer", DefaultParameterSetName = UntilSet)]
[OutputType(typeof(Layer))]
public sealed class GetDlLayerCommand : WorkCmdlet
{
    private const string UntilSet = "Until", AfterSet = "After";

    /// <summary>The model; one that was not trained has its initial weights, if it knows its input shape.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The name of the last layer to take. Default: the model's last layer.</summary>
    [Parameter(Position = 0, ParameterSetName = UntilSet)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Until { get; set; }

    /// <summary>
    /// The name of a layer after which to begin: the layers that follow, such as the decoder after an autoencoder's
    /// code. Their input is the output of that layer. Default: all layers are taken.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = AfterSet)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? After { get; set; }

    /// <summary>Keeps the layers' weights unchanged in training, and runs them in inference mode.</summary>
    [Parameter]
    public SwitchParameter Freeze { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var network = Model.Network ?? throw new DlException("ModelNotTrained", DlErrorKind.InvalidOperation,
            $"Model '{Model.Name}' has no weights yet. Train it with Invoke-DlTraining, load a trained one with "
            + "Import-DlModel, or give New-DlModel an -InputShape.", Model);
        WriteObject(After is null ? TrainedLayers.Of(network, Until, Freeze)
            : TrainedLayers.After(network, After, Freeze), enumerateCollection: true);
    }
}
