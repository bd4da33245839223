using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Shows samples of a dataset: images as a contact sheet that people open, rows of a table as objects.</summary>
/// <remarks>
/// Of a dataset of images comes a file: with -Path there, without it in the folder for temporary files. It is a PNG picture, or
/// for a path that ends in .html a web page that needs no other file. Under each image stands its label, and with -Model what
/// the model takes it for: green where it is right, red where not. Of a table come rows, with their number. Samples are chosen
/// at random; the same seed gives the same ones.
/// </remarks>
/// <example>
/// <code>$data | Show-DlSample -Count 100 -Path ./sheet.png | Invoke-Item</code>
/// <para>Writes a picture of 100 images with their labels and opens it.</para>
/// </example>
/// <example>
/// <code>$split.Test | Show-DlSample -Label cat, dog -Model $model -Path ./animals.html</code>
/// <para>Writes a web page of cats and dogs with what a model takes them for.</para>
/// </example>
/// <example>
/// <code>$data | Show-DlSample 8 ./views.png -Augmentation Flip, (New-DlAugmentation RandomCrop -Padding 4) -ViewCount 6</code>
/// <para>Shows eight images, and after each of them six views as a training would see them.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./tickets.csv | Show-DlSample 10 -Seed 7 | Format-Table</code>
/// <para>Shows ten rows of a table.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlSample", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(PSObject))]
public sealed class ShowDlSampleCommand : WorkCmdlet
{
    /// <summary>The dataset, or a split, of which the training part is taken.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Data { get; set; } = null!;

    /// <summary>How many samples to show, at most.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 2500)]
    public int Count { get; set; } = 25;

    /// <summary>The file for images: .png or .html. Without it: a PNG in the folder for temporary files.</summary>
    [Parameter(Position = 1)]
    public string? Path { get; set; }

    /// <summary>The only classes to choose from.</summary>
    [Parameter]
    public string[] Label { get; set; } = [];

    /// <summary>What the choice follows from, and what augmentations do.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>A trained model, or the path of a model file, whose predictions are shown too.</summary>
    [Parameter]
    public object? Model { get; set; }

    /// <summary>What changes images by chance, as in Invoke-DlTraining: views of each image are shown after it.</summary>
    [Parameter]
    [CatalogItem<Augmentation>]
    [ArgumentCompleter(typeof(CatalogCompleter<Augmentation>))]
    public Augmentation[] Augmentation { get; set; } = [];

    /// <summary>How many such views of each image.</summary>
    [Parameter]
    [ValidateRange(1, 20)]
    public int ViewCount { get; set; } = 4;

    /// <summary>Leaves a file that is there as it is; that is an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file even if it is read-only.</summary>
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
        var options = new SampleSheetOptions { Model = model, Augmentations = Augmentation, Views = ViewCount, Seed = Seed };
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
            WriteObject(predictions is null ? row : row.With(predictions[i]));
        }
    }

    private static string Temporary() => System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"deepps-samples-{Guid.NewGuid():N}.png");
}
