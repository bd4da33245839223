using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Makes an augmentation: what changes training samples by chance. Those from the pipeline are passed through first.</summary>
/// <remarks>
/// It is for -Augmentation of Invoke-DlTraining. Augmentations line up in the order that they are applied in, each to every
/// training batch, with random numbers that follow from the training's seed; validation, Measure-DlModel and Invoke-DlPrediction
/// see the data as it is. The settings of the type are parameters of their own, the first ones positional.
/// (Get-DlCatalog Augmentation NAME).Settings lists them. A parameter that takes such an object also takes its bare name.
/// Where a model is to give its input back, it gives back the clean one: noise, colours and erased parts are to be undone,
/// while what is moved or mixed is given back so.
/// </remarks>
/// <example>
/// <code>$augmentation = New-DlAugmentation Flip | New-DlAugmentation RandomCrop -Padding 4
/// $model | Invoke-DlTraining -Data $split -Augmentation $augmentation</code>
/// <para>Flips half of the images and shifts all by up to four pixels, as is usual for small photographs.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Augmentation (New-DlAugmentation ColorJitter 0.4 0.4 -Probability 0.8), Mixup</code>
/// <para>Changes brightness and contrast of most images, then blends each with another one, and their labels alike.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $rows -Augmentation (New-DlAugmentation NumericNoise 0.05)</code>
/// <para>Adds noise to the columns of numbers, a twentieth of each one's deviation.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlAugmentation")]
[OutputType(typeof(Augmentation))]
public sealed class NewDlAugmentationCommand : CatalogCmdlet
{
    /// <summary>The type of augmentation, by name or alias. Get-DlCatalog Augmentation lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public string Type { get; set; } = "";

    /// <summary>Augmentations that come before this one. They are passed through.</summary>
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
