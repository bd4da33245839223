using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Inference;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Make an attack, a small change of inputs that misleads a model.</summary>
/// <remarks>
/// Use it with -Attack of ConvertTo-DlAdversarial and -Adversarial of Measure-DlModel and Invoke-DlTraining. The
/// settings of the type are parameters of their own, the first ones positional; (Get-DlCatalog Attack NAME).Settings
/// lists them. Where such an object is expected, its name alone means its default settings.
/// </remarks>
/// <example>
/// <code>$model | Invoke-DlTraining $split -Adversarial (New-DlAttack Pgd 0.3 -Steps 7)</code>
/// <para>Trains on adversarial examples, so that the model withstands such changes.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlAttack")]
[OutputType(typeof(Attack))]
public sealed class NewDlAttackCommand : SettingsCmdlet
{
    /// <summary>The type of attack, by name or alias: Fgsm or Pgd.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Attack>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Attack;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
