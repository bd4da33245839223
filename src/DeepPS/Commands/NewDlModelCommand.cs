using System.Collections;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Commands;

/// <summary>Make a model from layers of the pipeline or from a published architecture.</summary>
/// <remarks>
/// Without an input shape, the parameters are made at the first training, from the shape of the data. Their first
/// values depend on the seed. An architecture has its published shape unless another is given.
/// </remarks>
/// <example>
/// <code>$model = New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel</code>
/// <para>Makes a model of two layers.</para>
/// </example>
/// <example>
/// <code>New-DlModel LeNet5 -Classes 10 -InputShape 1, 28, 28</code>
/// <para>Makes a published network and shows its layers, their output shapes and parameters.</para>
/// </example>
/// <example>
/// <code>$model = New-DlModel ResNet18 10 -InputShape 3, 32, 32 |
///     Set-DlLayer -Freeze conv1, bn1, layer1*, layer2* -PassThru</code>
/// <para>Makes a residual network for small images and freezes its lower half.</para>
/// </example>
/// <example>
/// <code>$and = New-DlLayer Dense 1 -Activation Step | New-DlModel -InputShape 2 -Weight @{
///     dense1 = @{ weight = 1, 1; bias = -1.5 }
/// }
/// [pscustomobject]@{ A = 1; B = 1 } | Invoke-DlPrediction $and</code>
/// <para>Makes a neuron whose weights are set by hand, and predicts with it.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlModel", DefaultParameterSetName = LayerSet)]
[OutputType(typeof(Model))]
public sealed class NewDlModelCommand : CatalogCmdlet
{
    private const string LayerSet = "Layer";
    private const string ArchitectureSet = "Architecture";

    private readonly List<Layer> layers = [];

    /// <summary>The layers in order, as objects or by name.</summary>
    [Parameter(ParameterSetName = LayerSet, Mandatory = true, ValueFromPipeline = true)]
    [CatalogItem<Layer>]
    public Layer[] Layer { get; set; } = [];

    /// <summary>
    /// The name of a published network. Get-DlCatalog Architecture lists them. Its settings are parameters too.
    /// </summary>
    [Parameter(ParameterSetName = ArchitectureSet, Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Architecture>))]
    public string? Architecture { get; set; }

    /// <summary>
    /// The shape of one sample, without the batch: 4 for four numbers, 1, 28, 28 for a grey image. Default: the data's;
    /// for an architecture, its published shape, which autoencoders change to that of their first training data.
    /// </summary>
    [Parameter]
    [ShapeConversion]
    public Shape? InputShape { get; set; }

    /// <summary>The model's name. Default: the architecture's name, or model.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The seed of the parameters' first values.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// Values of parameters, by layer and parameter: @{ dense1 = @{ weight = (1, 2), (3, 4); bias = 0, 1 } }. The
    /// weight of a Dense layer has a row for each unit. Other parameters have their first values of -Seed. The model
    /// predicts without a training if its input shape is known. Default: none.
    /// </summary>
    [Parameter]
    public Hashtable? Weight { get; set; }

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Architecture;

    /// <inheritdoc/>
    protected override string? ItemName => Architecture;

    /// <inheritdoc/>
    protected override string SettingsParameterSet => ArchitectureSet;

    /// <inheritdoc/>
    protected override void Process() => layers.AddRange(Layer);

    /// <inheritdoc/>
    protected override void End()
    {
        var weights = WeightValue.Read(Weight ?? []);
        if (ParameterSetName == ArchitectureSet)
        {
            var architecture = (Architecture)Create();
            WriteObject(Work(_ =>
            {
                var model = architecture.Build(InputShape, Name, Seed);
                if (weights.Count > 0)
                    SetWeights.Give(model, weights);
                return model;
            }));
        }
        else if (layers.Count > 0)
        {
            Model Assemble(CancellationToken cancel) => new(SetWeights.Give(layers, weights), InputShape, Name, Seed);

            // Without a shape there are no parameters yet: nothing that takes long.
            WriteObject(InputShape is null ? Assemble(default) : Work(Assemble));
        }
    }
}
