using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Makes a regularizer with settings: what makes weights or outputs of a layer small while training.</summary>
/// <remarks>
/// It is for -WeightRegularizer, -BiasRegularizer and -ActivityRegularizer of New-DlLayer.
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Regularizer NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -Activation ReLU -WeightRegularizer (New-DlRegularizer L2 0.001)</code>
/// <para>Makes a layer whose weights are drawn to 0. For a regularizer with its default settings its bare name is enough.</para>
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
