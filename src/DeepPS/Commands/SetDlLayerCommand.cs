using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>
/// Change how layers of a model are trained: freeze them, or set their learning rate and weight decay.
/// </summary>
/// <remarks>
/// Layers are selected by wildcard patterns. The structure of a model cannot be changed; make a new model instead. A
/// frozen layer keeps its parameters in training and runs in inference mode: its dropout is off, and its batch
/// normalisation uses its stored statistics and does not update them.
/// </remarks>
/// <example>
/// <code>$model | Set-DlLayer -Freeze conv*
/// $model | Invoke-DlTraining -Data $split</code>
/// <para>Trains all layers except those whose name begins with conv.</para>
/// </example>
/// <example>
/// <code>$model | Set-DlLayer -Unfreeze * -PassThru | Set-DlLayer conv* -LearningRate 1e-5</code>
/// <para>Unfreezes all layers and gives some a low learning rate.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "DlLayer")]
[OutputType(typeof(Model))]
public sealed class SetDlLayerCommand : DlCmdlet
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The names of the layers for -LearningRate and -WeightDecay. Wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set => field = value ?? ["*"]; } = ["*"];

    /// <summary>The names of layers to freeze. Wildcards are allowed. Default: none.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Freeze { get; set => field = value ?? []; } = [];

    /// <summary>The names of layers to unfreeze. Wildcards are allowed. Default: none.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Unfreeze { get; set => field = value ?? []; } = [];

    /// <summary>The learning rate of the layers' parameters; $null for the optimizer's. Default: unchanged.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double? LearningRate { get; set; }

    /// <summary>The weight decay of the layers' parameters; $null for the optimizer's. Default: unchanged.</summary>
    [Parameter]
    [ValidateNotNegative]
    public double? WeightDecay { get; set; }

    /// <summary>Returns the model.</summary>
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

    /// <summary>
    /// The names that match patterns. A pattern without a match is most likely mistyped, so it is an error.
    /// </summary>
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
