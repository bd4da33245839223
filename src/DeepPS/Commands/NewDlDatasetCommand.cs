using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Generate a dataset from a generator, its settings and a seed.</summary>
/// <remarks>
/// The settings of the generator are parameters of their own; the first is the number of samples. The same settings and
/// seed give the same samples on every machine.
/// </remarks>
/// <example>
/// <code>New-DlDataset Digits 5000 -Seed 1 | Split-DlDataset -Validation 0.1 -Test 0.1</code>
/// <para>Generates 5,000 images of digits, of 28 x 28 pixels, and splits them.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlDataset")]
[OutputType(typeof(Dataset))]
public sealed class NewDlDatasetCommand : CatalogCmdlet
{
    /// <summary>The generator, by name or alias. Get-DlCatalog Dataset lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<DatasetGenerator>))]
    public string Type { get; set; } = "";

    /// <summary>The seed of the random numbers.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Dataset;

    /// <inheritdoc/>
    protected override string ItemName => Type;

    /// <inheritdoc/>
    protected override void End()
    {
        var generator = (DatasetGenerator)Create();
        WriteObject(Work(_ => generator.Generate(Seed)));
    }
}
