using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Show samples of a dataset: images on a contact sheet, rows of a table as objects.</summary>
/// <remarks>
/// For images, a file is written and returned: a PNG picture, or for a path that ends in .html a self-contained web
/// page. Each image has its label below it and, with -Model, the prediction: green if it is right, red if it is wrong.
/// A label that is a mask is shown beside its image, and so are a predicted mask and a reconstruction. With -Path,
/// arrays and windows of a time series are drawn too: as lines, one for each number of a step, or as maps.
/// For a table, rows are returned with their number; arrays as short text. Samples are chosen at random; the same seed
/// gives the same ones.
/// </remarks>
/// <example>
/// <code>$data | Show-DlSample -Count 100 -Path ./sheet.png | Invoke-Item</code>
/// <para>Writes a picture of 100 images with their labels and opens it.</para>
/// </example>
/// <example>
/// <code>$split.Test | Show-DlSample -Label cat, dog -Model $model -Path ./animals.html</code>
/// <para>Writes a web page of cats and dogs with a model's predictions.</para>
/// </example>
/// <example>
/// <code>$crop = New-DlAugmentation RandomCrop -Padding 4
/// $data | Show-DlSample 8 ./views.png -Augmentation Flip, $crop -ViewCount 6</code>
/// <para>Shows eight images, each followed by six augmented views.</para>
/// </example>
/// <example>
/// <code>$images | Show-DlSample 16 ./rebuilt.png -Model $autoencoder</code>
/// <para>Shows images, each beside its reconstruction and with the error of it.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./tickets.csv | Show-DlSample 10 -Seed 7 | Format-Table</code>
/// <para>Shows ten rows of a table.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlSample", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(PSObject))]
public sealed class ShowDlSampleCommand : WorkCmdlet
{
    /// <summary>The dataset, or a split, whose training part is used.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Data { get; set; } = null!;

    /// <summary>Number of samples at most.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 2500)]
    public int Count { get; set; } = 25;

    /// <summary>
    /// The file for images: .png or .html. Default: a PNG in the system's folder for temporary files; a table is
    /// written as objects.
    /// </summary>
    [Parameter(Position = 1)]
    public string? Path { get; set; }

    /// <summary>The classes to choose from. Default: all.</summary>
    [Parameter]
    public string[] Label { get; set => field = value ?? []; } = [];

    /// <summary>The seed of the choice and of the augmentations.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>A trained model, or the path of a model file, whose predictions are shown. Default: none.</summary>
    [Parameter]
    public object? Model { get; set; }

    /// <summary>
    /// Augmentations as for Invoke-DlTraining; augmented views are shown after each image. Default: none.
    /// </summary>
    [Parameter]
    [CatalogItem<Augmentation>]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public Augmentation[] Augmentation { get; set; } = [];

    /// <summary>Number of augmented views per image, with -Augmentation.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int ViewCount { get; set; } = 4;

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
        var data = ModelSource.TrainingData(Data).Train;
        var rows = SampleChoice.Choose(data, Count, Label, Seed);
        var model = Model is null ? null : this.ModelOf(Model);
        try
        {
            if (Path is not null || SampleSheet.Fits(data))
                WriteSheet(data, rows, model);
            else
                WriteRows(data, rows, model);
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model?.Dispose();
        }
    }

    private void WriteSheet(Dataset data, IReadOnlyList<int> rows, Model? model)
    {
        var path = Path is null ? Temporary() : this.ResolveTarget(Path);
        OutputFile.Check(path, NoClobber, Force);
        if (!ShouldProcess(path, $"Write {rows.Count:N0} samples of '{data.Name}'"))
            return;
        OutputFile.MakeWritable(path, Force);
        var options = new SampleSheetOptions
        {
            Model = model,
            Augmentations = Augmentation,
            Views = ViewCount,
            Seed = Seed,
        };
        Work((_, cancel) => SampleSheet.Write(path, data, rows, options, cancel));
        WriteObject(new FileInfo(path));
    }

    private void WriteRows(Dataset data, IReadOnlyList<int> rows, Model? model)
    {
        var chosen = data.Take(rows.ToArray());
        var predictions = model is null ? null : Work(cancel => Predictor.Predict(model, chosen, cancel));
        for (var i = 0; i < rows.Count; i++)
        {
            var row = RowObject.Of(chosen, i, rows[i] + 1);
            WriteObject(InShort(predictions is null ? row : row.With(predictions[i])));
        }
    }

    /// <summary>The row with its arrays as short text.</summary>
    private static PSObject InShort(PSObject row)
    {
        foreach (var property in row.Properties.OfType<PSNoteProperty>().ToArray())
            property.Value = SampleText.InShort(property.Value);
        return row;
    }

    private static string Temporary() =>
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"deepps-samples-{Guid.NewGuid():N}.png");
}
