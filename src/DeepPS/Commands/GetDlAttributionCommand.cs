using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Get what each part of a sample contributes to a model's output.</summary>
/// <remarks>
/// Parts are the columns of a table, the tokens of a text, the numbers of an array or of a window, and the pixels of an
/// image. The output is the logit of a class, the predicted number in the label's unit, or the error of an
/// autoencoder. A positive attribution speaks for the output, a negative one against it.
///
/// The settings of the method are parameters of their own; (Get-DlCatalog Attribution NAME).Settings lists them.
/// IntegratedGradients add up to the difference between Output and Baseline: the output for a black image, for the
/// means of standardised numbers, for empty text. GradCam is for convolutional networks.
/// </remarks>
/// <example>
/// <code>$model | Get-DlAttribution $split.Test -Count 1 | Sort-Object Attribution -Descending</code>
/// <para>Explains one prediction from a table: the columns that speak for it are first.</para>
/// </example>
/// <example>
/// <code>$model | Get-DlAttribution $split.Test GradCam -Count 25 -Path ./heat.png</code>
/// <para>Writes a sheet of images, each beside its heat map.</para>
/// </example>
/// <example>
/// <code>$model | Get-DlAttribution $tickets -Class network -Steps 100 -Path ./words.html</code>
/// <para>Writes a page of texts in which the words that speak for a class are coloured.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlAttribution", SupportsShouldProcess = true)]
[OutputType(typeof(AttributionRow), typeof(AttributionMap), typeof(FileInfo))]
public sealed class GetDlAttributionCommand : CatalogCmdlet
{
    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>
    /// The samples, as for Measure-DlModel: a dataset; a split, whose test part is used; rows; CSV files; image files
    /// or folders.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>The method: Gradient, GradCam, IntegratedGradients, Occlusion or SmoothGrad.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(CatalogCompleter<AttributionMethod>))]
    public string Method { get; set; } = "IntegratedGradients";

    /// <summary>
    /// The class whose output is explained; for a label of several numbers, the name of one. Default: the predicted
    /// class of each sample.
    /// </summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Number of samples at most, chosen at random.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int Count { get; set; } = 25;

    /// <summary>The seed of the choice.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// The file for heat maps (.png or .html), or for coloured text and values (.html). Default: none, attributions are
    /// returned as objects.
    /// </summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Attribution;

    /// <inheritdoc/>
    protected override string ItemName => Method;

    /// <inheritdoc/>
    protected override int FirstSettingPosition => 2;

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var method = (AttributionMethod)Create();
        var data = Explainer.Samples(Model, MeasuredData.Of(this, Model, Data));
        var rows = SampleChoice.Choose(data, Count, [], Seed);
        if (Path is null)
        {
            var done = 0;
            Work((write, cancel) =>
            {
                foreach (var sample in Explainer.Explain(Model, data, rows, method, Class, cancel))
                {
                    write(() => WriteSample(sample));
                    done++;
                }
            }, () => new ProgressRecord(1, "Explaining", $"{done:N0} of {rows.Count:N0} samples")
            {
                PercentComplete = 100 * done / Math.Max(1, rows.Count),
            });
        }
        else
            WriteSheet(this.ResolveTarget(Path), data, rows, method);
    }

    private void WriteSample(AttributedSample sample)
    {
        WriteObject(sample.Rows, enumerateCollection: true);
        WriteObject(sample.Maps, enumerateCollection: true);
    }

    private void WriteSheet(string path, Dataset data, IReadOnlyList<int> rows, AttributionMethod method)
    {
        OutputFile.Check(path, NoClobber, Force);
        AttributionSheet.Check(path, data);
        if (!ShouldProcess(path, $"Write {rows.Count:N0} explained samples of '{data.Name}'"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, cancel) => AttributionSheet.Write(path, Model, data,
            Explainer.Explain(Model, data, rows, method, Class, cancel).ToArray(), cancel));
        WriteObject(new FileInfo(path));
    }
}
