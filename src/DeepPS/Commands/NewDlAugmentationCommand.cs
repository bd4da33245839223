using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Make an augmentation, a random change to training samples.</summary>
/// <remarks>
/// Use augmentations with -Augmentation of Invoke-DlTraining. Those from the pipeline are passed on first; they are
/// applied to each training batch in this order, with random numbers that depend on the training's seed. Validation,
/// Measure-DlModel and Invoke-DlPrediction use the unchanged data.
///
/// The settings of the type are parameters of their own, the first ones positional; (Get-DlCatalog Augmentation
/// NAME).Settings lists them. Where such an object is expected, its name alone means its default settings.
///
/// A model that reconstructs its input gets the clean input as its target for noise, changed colours and erased parts,
/// and the changed one where samples are moved or mixed.
/// </remarks>
/// <example>
/// <code>$augmentation = New-DlAugmentation Flip | New-DlAugmentation RandomCrop -Padding 4
/// $model | Invoke-DlTraining -Data $split -Augmentation $augmentation</code>
/// <para>Flips half of the images and shifts all by up to four pixels, as is usual for small photographs.</para>
/// </example>
/// <example>
/// <code>$jitter = New-DlAugmentation ColorJitter 0.4 0.4 -Probability 0.8
/// $model | Invoke-DlTraining -Data $split -Augmentation $jitter, Mixup</code>
/// <para>Changes brightness and contrast of most images, then blends each image and its label with another.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $rows -Augmentation (New-DlAugmentation NumericNoise 0.05)</code>
/// <para>Adds noise to the columns of numbers, with a twentieth of each column's standard deviation.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlAugmentation")]
[OutputType(typeof(Augmentation))]
public sealed class NewDlAugmentationCommand : CatalogCmdlet
{
    /// <summary>The type of augmentation, by name or alias. Get-DlCatalog Augmentation lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public string Type { get; set; } = "";

    /// <summary>Augmentations to apply before this one. They are passed on. Default: none.</summary>
    [Parameter(ValueFromPipeline = true)]
    [CatalogItem<Augmentation>]
    public Augmentation[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Augmentation;

    /// <inheritdoc/>
    protected override string ItemName => Type;

    private CatalogItem? augmentation;

    /// <inheritdoc/>
    protected override void Begin() => augmentation = Create();

    /// <inheritdoc/>
    protected override void Process() => WriteObject(InputObject, enumerateCollection: true);

    /// <inheritdoc/>
    protected override void End() => WriteObject(augmentation);
}
