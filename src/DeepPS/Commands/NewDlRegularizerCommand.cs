using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Make a regularizer, a penalty on a layer's weights or outputs.</summary>
/// <remarks>
/// Use it with -WeightRegularizer, -BiasRegularizer and -ActivityRegularizer of New-DlLayer. The settings of the type
/// are parameters of their own, the first ones positional; (Get-DlCatalog Regularizer NAME).Settings lists them. Where
/// such an object is expected, its name alone means its default settings.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -Activation ReLU -WeightRegularizer (New-DlRegularizer L2 0.001)</code>
/// <para>Makes a layer with an L2 penalty. The name alone is enough for a regularizer with default settings.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlRegularizer")]
[OutputType(typeof(Regularizer))]
public sealed class NewDlRegularizerCommand : SettingsCmdlet
{
    /// <summary>The type of regularizer, by name or alias. Get-DlCatalog Regularizer lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Regularizer>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Regularizer;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
