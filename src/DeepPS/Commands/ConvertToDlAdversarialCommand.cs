using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Convert images or arrays to adversarial examples, which differ a little and mislead a model.</summary>
/// <remarks>
/// A dataset is returned: the samples changed in their own column, their labels, and the columns Original,
/// OriginalPrediction and Prediction (for the changed sample), which a training ignores. It can be measured, shown and
/// trained on. With -Path a sheet of samples is written too: each original, its change (made visible), and the changed
/// image, with the model's predictions below them. Measure-DlModel -Adversarial measures a model in one step.
/// </remarks>
/// <example>
/// <code>$changed = $split.Test | ConvertTo-DlAdversarial -Model $model -Epsilon 0.1 -Path ./triples.png
/// $model | Measure-DlModel $changed</code>
/// <para>Changes each pixel by a tenth of the difference between black and white, and measures the accuracy.</para>
/// </example>
/// <example>
/// <code>$split.Test | ConvertTo-DlAdversarial -Model $model -Attack Pgd -Target ostrich |
///     ConvertFrom-DlDataset | Group-Object Prediction</code>
/// <para>Makes the model take all images for one class, and counts the predictions.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlAdversarial", SupportsShouldProcess = true)]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlAdversarialCommand : WorkCmdlet
{
    /// <summary>The samples with their labels: a dataset, or a split, whose test part is used.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Data { get; set; } = null!;

    /// <summary>The model to mislead, or the path of a model file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Model { get; set; } = null!;

    /// <summary>The attack: Fgsm, Pgd, or an object from New-DlAttack.</summary>
    [Parameter(Position = 1)]
    [CatalogItem<Attack>]
    [ArgumentCompleter(typeof(CatalogCompleter<Attack>))]
    [ValidateNotNull]
    public Attack Attack { get; set; } = new Fgsm();

    /// <summary>
    /// The largest change of a number: of a pixel, where 1 is the difference between black and white. Default: that of
    /// the attack, 0.1.
    /// </summary>
    [Parameter]
    [ValidateNotNegative]
    public double? Epsilon { get; set; }

    /// <summary>The class that the model shall predict. Default: any but the true one.</summary>
    [Parameter]
    public string? Target { get; set; }

    /// <summary>The seed of the attack's random numbers and of the samples on the sheet.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>The file for a sheet of images: .png or .html. Default: none.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Number of samples on the sheet at most, chosen at random.</summary>
    [Parameter]
    [ValidateRange(1, 2500)]
    public int Count { get; set; } = 16;

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Data;

    /// <inheritdoc/>
    protected override void Process()
    {
        var data = ModelSource.TestData(Data);
        var path = Path is null ? null : this.ResolveTarget(Path);
        if (path is not null)
            OutputFile.Check(path, NoClobber, Force);
        var model = this.ModelOf(Model);
        try
        {
            var options = new AdversarialOptions
            {
                Attack = Epsilon is { } epsilon ? Attack with { Epsilon = epsilon } : Attack,
                Target = Target,
                Seed = Seed,
            };
            var changed = Work(cancel => AdversarialExamples.Make(model, data, options, cancel));
            if (path is not null)
                WriteSheet(path, changed);
            WriteObject(changed);
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model.Dispose();
        }
    }

    private void WriteSheet(string path, Dataset changed)
    {
        var rows = SampleChoice.Choose(changed, Count, [], Seed);
        if (!ShouldProcess(path, $"Write {rows.Count:N0} samples of '{changed.Name}'"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, _) => AdversarialSheet.Write(path, changed, rows));
    }
}
