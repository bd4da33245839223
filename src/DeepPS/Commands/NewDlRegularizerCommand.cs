using System.Management.Automation;

namespace DeepPS.Commands;

/// <summary>Makes a regularizer: what makes a layer's weights, biases or activities small.</summary>
/// <remarks>
/// The settings of the type are parameters of their own, the first ones positional. (Get-DlCatalog Regularizer NAME).Settings
/// lists them. A parameter that takes such an object also takes its bare name.
/// </remarks>
/// <example>
/// <code>New-DlLayer Dense 64 -Activation ReLU -WeightRegularizer (New-DlRegularizer L2 1e-4)</code>
/// <para>Adds a ten-thousandth of the sum of the squared weights to the loss while training.</para>
/// </example>
/// <example>
/// <code>New-DlLayer Dense 32 -Activation Sigmoid -ActivityRegularizer (New-DlRegularizer KLSparsity 0.1)</code>
/// <para>Draws each unit's mean activity to 0.1: the hidden layer of a sparse autoencoder.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlRegularizer")]
[OutputType(typeof(Regularizer))]
public sealed class NewDlRegularizerCommand : CatalogCmdlet
{
    /// <summary>The type of regularizer, by name or alias. Get-DlCatalog Regularizer lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Regularizer>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Regularizer;

    /// <inheritdoc/>
    protected override string ItemName => Type;

    /// <inheritdoc/>
    protected override void End() => WriteObject(Create());
}
