using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Makes an initializer with settings: how a parameter gets its first values.</summary>
/// <remarks>
/// It is for -WeightInitializer and -BiasInitializer of New-DlLayer.
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Initializer NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -WeightInitializer (New-DlInitializer Normal 0 0.01) -BiasInitializer Zeros</code>
/// <para>Makes a layer whose weights begin near 0. For an initializer with its default settings its bare name is enough.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlInitializer")]
[OutputType(typeof(Initializer))]
public sealed class NewDlInitializerCommand : SettingsCmdlet
{
    /// <summary>The type of initializer, by name or alias. Get-DlCatalog Initializer lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Initializer>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Initializer;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
