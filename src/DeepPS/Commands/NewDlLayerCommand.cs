using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>Make a layer and append it to the layers from the pipeline.</summary>
/// <remarks>
/// The settings of the layer's type are parameters of their own, the first ones positional: New-DlLayer Dense 64. Type
/// a dash and press Tab to see them, or list them with (Get-DlCatalog Layer Dense).Settings. Activations are layers
/// too.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -Activation ReLU | New-DlLayer Dropout 0.2 | New-DlLayer Dense 3 | New-DlModel</code>
/// <para>Makes a network of three layers. Its input shape is taken from the data at the first training.</para>
/// </example>
/// <example>
/// <code>$body = New-DlLayer Conv2d 16 3 -Activation ReLU | New-DlLayer MaxPool2d 2 | New-DlLayer Flatten
/// $body | New-DlLayer Dense 10 | New-DlModel -InputShape 1, 28, 28</code>
/// <para>Stores layers in a variable and makes a network for grey images of 28 x 28 with them.</para>
/// </example>
/// <example>
/// <code>New-DlLayer Dense 32 -Name wide | New-DlLayer Dense 32 -Activation ReLU |
///     New-DlLayer Add -From wide, dense1 | New-DlLayer Dense 1 | New-DlModel</code>
/// <para>Makes a graph that adds the outputs of a layer and of the next one.</para>
/// </example>
/// <example>
/// <code>$block = New-DlLayer Conv2d 16 -Padding same -Activation ReLU | New-DlLayer Conv2d 16 -Padding same
/// New-DlLayer Conv2d 16 -Padding same | New-DlLayer Residual $block -Activation ReLU</code>
/// <para>Makes a layer with other layers as its body.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlLayer")]
[OutputType(typeof(Layer))]
public sealed class NewDlLayerCommand : CatalogCmdlet
{
    /// <summary>The type of layer, by name or alias. Get-DlCatalog Layer lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Layer>))]
    public string Type { get; set; } = "";

    /// <summary>The layer's name, unique in its network. Default: the type and a number, such as dense1.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The names of the layers whose outputs are its inputs. Default: the previous layer.</summary>
    [Parameter]
    public string[] From { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The name of a layer of the same type whose parameters this layer shares. Default: it has its own.
    /// </summary>
    [Parameter]
    public string? ShareWith { get; set; }

    /// <summary>Keeps the layer's parameters unchanged in training, and runs it in inference mode.</summary>
    [Parameter]
    public SwitchParameter Frozen { get; set; }

    /// <summary>The learning rate of the layer's parameters. Default: the optimizer's.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? LearningRate { get; set; }

    /// <summary>The weight decay of the layer's parameters. Default: the optimizer's.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? WeightDecay { get; set; }

    /// <summary>
    /// Makes the layer an auxiliary output in training, and sets the weight of its loss. The last layer is always an
    /// output. Default: 1 for the last layer; other layers are no outputs.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? OutputWeight { get; set; }

    /// <summary>The loss of the layer's output, with -OutputWeight. Default: the training's loss.</summary>
    [Parameter]
    [CatalogItem<Loss>]
    [ArgumentCompleter(typeof(CatalogCompleter<Loss>))]
    public Loss? OutputLoss { get; set; }

    /// <summary>Layers before this one. They are passed on. Default: none.</summary>
    [Parameter(ValueFromPipeline = true)]
    [CatalogItem<Layer>]
    public Layer[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Layer;

    /// <inheritdoc/>
    protected override string ItemName => Type;

    private Layer? layer;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (!BackgroundLoading.HasBegun)
        {
            WorkThread.Prepare();
            BackgroundLoading.Begin();
        }

        layer = (Layer)Create() with
        {
            Name = Name,
            From = From,
            ShareWith = ShareWith,
            Frozen = Frozen,
            LearningRate = LearningRate,
            WeightDecay = WeightDecay,
            OutputWeight = OutputWeight,
            OutputLoss = OutputLoss,
        };
    }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(InputObject, enumerateCollection: true);

    /// <inheritdoc/>
    protected override void End() => WriteObject(layer);
}
