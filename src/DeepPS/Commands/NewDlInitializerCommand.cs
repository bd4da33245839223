using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Make an initializer, which sets the first values of a parameter.</summary>
/// <remarks>
/// Use it with -WeightInitializer and -BiasInitializer of New-DlLayer. The settings of the type are parameters of their
/// own, the first ones positional; (Get-DlCatalog Initializer NAME).Settings lists them. Where such an object is
/// expected, its name alone means its default settings.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -WeightInitializer (New-DlInitializer Normal 0 0.01) -BiasInitializer Zeros</code>
/// <para>Makes a layer with small first weights. The name alone is enough for an initializer with default
/// settings.</para>
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
