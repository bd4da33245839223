using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Import;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// Import a dataset from CSV files, images, MNIST's or CIFAR's files, or the output of Save-DlDataset.
/// </summary>
/// <remarks>
/// CSV files: the delimiter, the encoding, the decimal sign, the header and the kind of each column (number, name,
/// time) are detected from all values; -Verbose reports what was detected. Dates are read as 2024-05-31, 31.5.2024,
/// 5/31/2024 or 31 May 2024, with or without a time. The values of a column decide whether the day comes first; times
/// with an offset are converted to UTC. Several CSV files with the same columns become one dataset. Numbers are
/// standardised and categories one-hot encoded at the first training, fitted on the training part alone.
///
/// Images are JPEG, PNG, BMP, WebP, GIF and PNM files, recognised by content and not by name; of an animation the first
/// frame is used. Images are rotated as their EXIF data says. Alpha is dropped, colour profiles are ignored, and 16-bit
/// channels are cut to their upper 8 bits. -ImageSize scales images to one size with antialiasing; without it all
/// images must have the same size. The model keeps these settings, so that Invoke-DlPrediction takes image files
/// directly. A file that cannot be read is left out with a warning.
///
/// A folder may contain a folder of images for each class, MNIST's IDX files or CIFAR's binary files. A set with parts
/// of its own becomes a Split: MNIST's four files, CIFAR's archive, or a folder with folders such as train, val and
/// test. -Part reads one part as a dataset. Split-DlDataset -Validation takes a validation part from its training part.
///
/// A CSV file larger than -MemoryLimit is stored in temporary files under -CachePath: 8 bytes per number or time, 4 per
/// name. Splitting it needs the same space again. The files are deleted when nothing uses them, and when the process
/// ends. Row numbers and statistics go to files too, so that memory stays within the limit plus about 250 MB for
/// PowerShell and the network, with up to two billion rows. Parts, plans and values are the same as in memory. Only the
/// order of shuffled samples differs: blocks of 256 to 8192 neighbouring rows from all over the data are read together
/// and mixed.
/// </remarks>
/// <example>
/// <code>Import-DlDataset ./tickets.csv -Label Priority</code>
/// <para>Reads a CSV file, with column Priority as the label, and shows its columns.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./housing.csv -NoHeader -Label 14 -Column @{ Column4 = 'Category' }</code>
/// <para>Reads a file without a header. The label is column 14; the numbers of column 4 are treated as names.</para>
/// </example>
/// <example>
/// <code>$format = @{ Delimiter = ';'; Encoding = 'latin1'; Decimal = ','; Comment = '#'; MissingValue = '?', '-99' }
/// Import-DlDataset ./export.csv @format</code>
/// <para>Sets the file's format instead of detecting it, and names the texts that mean a missing value.</para>
/// </example>
/// <example>
/// <code>$columns = @{ Income = @{ Scaling = 'Log' }; Phone = 'Category' }
/// Import-DlDataset ./people.csv -Label Churn -Missing Median -Column $columns</code>
/// <para>Fills missing numbers with the median, takes the logarithm of one column and treats the numbers of another as
/// names.</para>
/// </example>
/// <example>
/// <code>$split = Import-DlDataset ./mnist | Split-DlDataset -Validation 0.1 -Seed 1
/// $test = Import-DlDataset ./t10k-images-idx3-ubyte.gz -LabelPath ./t10k-labels-idx1-ubyte.gz</code>
/// <para>Reads a folder with MNIST's four files as a split, and takes a tenth of its training images for validation;
/// then reads the test images alone, from a pair of files.</para>
/// </example>
/// <example>
/// <code>Save-DlDataset CIFAR100 | Import-DlDataset -Label CoarseLabel -Part Test</code>
/// <para>Downloads a published dataset and reads its test images, labelled with their twenty superclasses.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./pets -ImageSize 224 -ImageNormalize ImageNet</code>
/// <para>Reads ./pets/cat/*, ./pets/dog/*, ...: the shorter side is scaled to 224 pixels and the middle is
/// cropped.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./labels.csv -ImageColumn File -Label Species -ImageSize 64, 96 -ImageFit Letterbox</code>
/// <para>Reads the images listed in a CSV file, by path relative to its folder or by full path, as 64 x 96
/// pixels.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./scans -File -Recurse |
///     Import-DlDataset -ImageLabel { $_.BaseName -replace '\d' } -ImageSize 32 -ImageMode Grey</code>
/// <para>Reads files from the pipeline. The class is the file's name without digits; by default it is the folder's
/// name.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlDataset", DefaultParameterSetName = "Path")]
[OutputType(typeof(Dataset), typeof(Split))]
public sealed class ImportDlDatasetCommand : TableCmdlet
{
    private readonly List<(ImportFormat Format, ImportFile File)> merged = [];

    /// <summary>
    /// CSV files, images, IDX files, binary CIFAR files or their archive, or folders of images or of such files.
    /// Wildcards are allowed.
    /// </summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set => field = value ?? []; } = [];

    /// <summary>Files or folders as for Path, but without wildcards: each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set => field = value ?? []; } = [];

    /// <summary>The output of Save-DlDataset. It brings its label.</summary>
    [Parameter(ParameterSetName = "Saved", Mandatory = true, ValueFromPipeline = true)]
    public SavedDataset? InputObject { get; set; }

    /// <summary>
    /// The column to predict, by name or by number from 1; or several columns, all numbers or all booleans. For images:
    /// the name of the column that gets their classes. Default: none; for images, Label.
    /// </summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Label { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The kind of the label: Class, Number, Labels for any number of names in one value, such as red;blue, or Text
    /// that the network produces. Default: detected from the values, but never Text.
    /// </summary>
    [Parameter]
    public LabelKind? LabelKind { get; set; }

    /// <summary>
    /// The column with each row's weight in the loss, by name or by number from 1. It is not used as an input. Default:
    /// all rows have weight 1.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? SampleWeight { get; set; }

    /// <summary>The character between two values of a CSV file. Default: detected.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>The quote character of a CSV file; an empty string for none. Default: ".</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateLength(0, 1)]
    public string? Quote { get; set; }

    /// <summary>
    /// The encoding of CSV files: utf8, unicode, bigendianunicode, latin1, ansi or a registered name such as
    /// windows-1250. Default: detected; Windows-1252 for a file that is neither UTF-8 nor UTF-16.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>
    /// The decimal sign: a point or a comma. Default: detected; a point where the delimiter is a comma.
    /// </summary>
    [Parameter]
    public char? Decimal { get; set; }

    /// <summary>
    /// The character between groups of three digits. Default: detected from numbers such as 1,234,567.
    /// </summary>
    [Parameter]
    public char? Thousands { get; set; }

    /// <summary>The character that starts a comment line in a CSV file. Default: no line is a comment.</summary>
    [Parameter]
    public char? Comment { get; set; }

    /// <summary>
    /// The texts that mean a missing value, in upper or lower case. An empty value is always missing. Default: NA, N/A,
    /// NaN, null, none, ? and -.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? MissingValue { get; set; }

    /// <summary>Treats the first line as values, not as names; the columns are named Column1, Column2, ...</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>
    /// The names of all columns, in the file's order. Default: the file's first line; Column1, Column2, ... if it has
    /// values.
    /// </summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <summary>The columns to read, besides the label and the weight. Default: all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[]? Property { get; set; }

    /// <summary>The IDX file with the labels of an IDX file of images. Default: the images have no label.</summary>
    [Parameter]
    public string? LabelPath { get; set; }

    /// <summary>
    /// The part to read of an image set with parts of its own: MNIST, CIFAR, or a folder with folders such as train,
    /// val and test. Default: all of them, as a Split.
    /// </summary>
    [Parameter]
    [ValidateSet(PartNames.Train, PartNames.Validation, PartNames.Test)]
    public string? Part { get; set; }

    /// <summary>
    /// The size of the images in pixels: one number for both sides, or height and width. Default: the size that all
    /// images have.
    /// </summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateRange(1, 16384)]
    public int[]? ImageSize { get; set; }

    /// <summary>
    /// How images are fitted to -ImageSize: the short side scaled and the rest cropped, stretched, or padded with
    /// black.
    /// </summary>
    [Parameter]
    public ImageFit ImageFit { get; set; }

    /// <summary>Whether images are in colour (three channels) or grey (one channel).</summary>
    [Parameter]
    public ImageMode ImageMode { get; set; }

    /// <summary>
    /// How pixels are normalised: None for numbers from 0 to 1, each channel standardised with the statistics of the
    /// training part (Data) or of ImageNet, or each pixel with its own of the training part (Pixel). Default: None.
    /// </summary>
    [Parameter]
    public ImageNormalization? ImageNormalize { get; set; }

    /// <summary>
    /// The column of a CSV file with paths of images, relative to the file's folder; it is replaced by the images.
    /// Default: no column has images.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? ImageColumn { get; set; }

    /// <summary>
    /// The class of an image file from the pipeline; use a script block to compute it for each. Default: the name of
    /// the file's folder.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? ImageLabel { get; set; }

    /// <summary>
    /// The memory that the data may use, in bytes, such as 2GB. Larger data is spilled to disk and loaded in chunks.
    /// Default: half of the available memory.
    /// </summary>
    [Parameter]
    [ValidateRange(1 << 20, long.MaxValue)]
    public long? MemoryLimit { get; set; }

    /// <summary>
    /// The folder for data that exceeds -MemoryLimit. Default: the system's folder for temporary files.
    /// </summary>
    [Parameter]
    public string? CachePath { get; set; }

    /// <summary>Makes an image that cannot be read an error, instead of leaving it out.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Whether CSV files have a header; null to detect it.</summary>
    internal bool? HasHeader => Given(nameof(NoHeader)) ? !NoHeader : null;

    /// <inheritdoc/>
    protected override object? Input => ParameterSetName switch
    {
        "Path" => Path,
        "LiteralPath" => LiteralPath,
        _ => InputObject,
    };

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is { } saved)
        {
            Read(saved.Name, context => ImportParts.Read(saved.Name, saved.Path, saved.Parts, context, part =>
                ImageParameters.Normalize(saved.Read(part.Part, TableFormat.Options(part), part.Cancel), this)));
            return;
        }

        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal).ToArray())
        {
            var format = ImportFormat.Of(path, this);
            var file = new ImportFile(path, ImageLabel);
            if (format.Merges)
                merged.Add((format, file));
            else
                Read(path, context => ImportParts.Read(System.IO.Path.GetFileName(path), path, format.Parts(path),
                    context, part => format.Read([file], part)));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var format in ImportFormat.All)
        {
            var files = merged.Where(pair => pair.Format == format).Select(pair => pair.File).ToArray();
            if (files.Length > 0)
                Read(files[0].Path, context => ImportParts.Read(files[0].Path, files[0].Path, [], context,
                    part => format.Read(files, part)));
        }
    }

    /// <summary>Reads a dataset or a split with progress, and writes it.</summary>
    private void Read(string path, Func<ImportContext, object> read)
    {
        var fraction = 0.0;
        object? data = null;
        Work((write, cancel) => data = read(new ImportContext(this, write, done => fraction = done, cancel)),
            () => new ProgressRecord(1, "Reading " + path, $"{fraction:P0}")
            {
                PercentComplete = (int)(100 * fraction),
            });
        WriteObject(data);
    }
}
