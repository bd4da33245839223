using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Changes how layers of a model are trained: frozen or not, their learning rate, their weight decay.</summary>
/// <remarks>
/// Layers are named by wildcard patterns. What a layer is made of stays; to change that, make another model. A frozen layer
/// keeps its parameters while the others learn, and runs as outside training: its dropout does not drop, its batch
/// normalisation uses and keeps the statistics that it has.
/// </remarks>
/// <example>
/// <code>$model | Set-DlLayer -Freeze conv*
/// $model | Invoke-DlTraining -Data $split</code>
/// <para>Trains all layers but those whose name begins with conv.</para>
/// </example>
/// <example>
/// <code>$model | Set-DlLayer -Unfreeze * -PassThru | Set-DlLayer conv* -LearningRate 1e-5</code>
/// <para>Lets all layers learn, some of them slowly.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "DlLayer")]
[OutputType(typeof(Model))]
public sealed class SetDlLayerCommand : DlCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The names of the layers that -LearningRate and -WeightDecay are for; wildcards count. Without it: all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The names of layers to freeze; wildcards count.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Freeze { get; set; } = [];

    /// <summary>The names of layers that are to learn again; wildcards count.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Unfreeze { get; set; } = [];

    /// <summary>The learning rate of the layers' parameters; $null: the optimizer's.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double? LearningRate { get; set; }

    /// <summary>The weight decay of the layers' parameters; $null: the optimizer's.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double? WeightDecay { get; set; }

    /// <summary>Gives the model.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var names = LayerNames.Of(Model.Layers);
        var freeze = Matching(Freeze, names);
        var unfreeze = Matching(Unfreeze, names);
        var changed = Matching(Name, names);
        Model.Configure((name, layer) =>
        {
            layer = layer with { Frozen = freeze.Contains(name) || (layer.Frozen && !unfreeze.Contains(name)) };
            if (changed.Contains(name) && Given(nameof(LearningRate)))
                layer = layer with { LearningRate = LearningRate };
            if (changed.Contains(name) && Given(nameof(WeightDecay)))
                layer = layer with { WeightDecay = WeightDecay };
            return layer;
        });
        if (PassThru)
            WriteObject(Model);
    }

    /// <summary>The names that patterns stand for. A pattern that stands for none is most likely mistyped.</summary>
    private static HashSet<string> Matching(string[] patterns, IReadOnlyList<string> names)
    {
        var found = new HashSet<string>();
        foreach (var pattern in patterns)
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            var matches = names.Where(wildcard.IsMatch).ToArray();
            if (matches.Length == 0)
                throw new DlException("LayerNotFound", DlErrorKind.NotFound,
                    $"No layer is named '{pattern}'. Layers: {string.Join(", ", names)}.", pattern);
            found.UnionWith(matches);
        }

        return found;
    }
}
