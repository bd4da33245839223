using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// Reads a dataset: from CSV files, from images, from the files of MNIST or CIFAR as they are published, or what Save-DlDataset got.
/// A folder may hold a folder of images for each class, or the files of such a set.
/// </summary>
/// <remarks>
/// What a CSV file's delimiter, encoding and decimal sign are, whether its first line names the columns, and what each column
/// holds is found out from the file: numbers, names, or points in time, by all of its values; -Verbose says what was decided.
/// Dates are read as 2024-05-31, 31.5.2024, 5/31/2024 or 31 May 2024, with a time or without; what their column holds shows whether
/// the day comes first, and those with an offset count in UTC. Several CSV files with the same columns become one dataset. Numbers are
/// standardised and categories one-hot encoded at the first training, by the training part alone.
///
/// Images are JPEG, PNG, BMP, WebP, GIF and PNM files, which their content tells and not their name; of an animation the
/// first picture is taken. They are turned as their EXIF data says; alpha is dropped, colour profiles are not applied, and
/// of 16 bits the upper 8 are taken. -ImageSize gives them one size, scaled with antialiasing; without it all must have the
/// same. What was asked for is kept with the model, so that Invoke-DlPrediction takes files as they are. A file that
/// cannot be read is named in a warning and left out.
///
/// A CSV file that is larger than -MemoryLimit allows lies in files of -CachePath, 8 bytes for a number or a time and 4 for a name, and
/// so do its parts when it is split: as much again. They go when nothing uses them, and with the process. The numbers of rows, and what
/// plans are made from, lie there too where they are many, so that the process stays within the limit and some 250 MB that PowerShell and
/// the network take, however many rows there are, up to two billion. Parts, plans and values are the same as in memory; only shuffled
/// samples come in another order: blocks of 256 to 8192 neighbours from all over the data are read together and mixed.
/// </remarks>
/// <example>
/// <code>Import-DlDataset ./tickets.csv -Label Priority</code>
/// <para>Reads a CSV file whose column Priority is to be predicted, and shows its columns.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./housing.csv -NoHeader -Label 14 -Column @{ Column4 = 'Category' }</code>
/// <para>Reads a file without a header. The label is the column with number 14; a column of numbers is taken as names.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./export.csv -Delimiter ';' -Encoding latin1 -Decimal ',' -Comment '#' -MissingValue 'unknown', '-99'</code>
/// <para>Says how a file is written, where it should not be found out, and what stands for no value.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./people.csv -Label Churn -Missing Median -Column @{ Income = @{ Scaling = 'Log' }; Phone = 'Category' }</code>
/// <para>Fills missing numbers with their medians, learns from the logarithm of one column and takes the numbers of another as names.</para>
/// </example>
/// <example>
/// <code>$train = Import-DlDataset ./mnist -Part Train
/// $test = Import-DlDataset ./t10k-images-idx3-ubyte.gz -LabelPath ./t10k-labels-idx1-ubyte.gz</code>
/// <para>Reads images: those to train on from a folder that holds MNIST's four files, those to test from a pair of files.</para>
/// </example>
/// <example>
/// <code>Save-DlDataset CIFAR100 | Import-DlDataset -Label CoarseLabel -Part Test</code>
/// <para>Gets a published dataset and reads the images to test with, with the labels of their twenty groups.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./pets -ImageSize 224 -ImageNormalize ImageNet</code>
/// <para>Reads ./pets/cat/*, ./pets/dog/*, ...: the shorter side becomes 224 pixels long, and the middle is cut out.</para>
/// </example>
/// <example>
/// <code>Import-DlDataset ./labels.csv -ImageColumn File -Label Species -ImageSize 64, 96 -ImageFit Letterbox</code>
/// <para>Reads the images that a CSV file names, in its folder or by whole paths; they become 64 pixels high and 96 wide.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./scans -File -Recurse | Import-DlDataset -ImageLabel { $_.BaseName -replace '\d' } -ImageSize 32 -ImageMode Grey</code>
/// <para>Reads a list of files. The class is what is left of a file's name without digits; by default it is the folder's name.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlDataset", DefaultParameterSetName = "Path")]
[OutputType(typeof(Dataset))]
public sealed class ImportDlDatasetCommand : TableCmdlet
{
    private readonly List<string> tables = [];
    private readonly List<ImageFile> images = [];

    /// <summary>
    /// CSV files, images, IDX files, binary CIFAR files or their archive, or folders of images or of such files. Wildcards are allowed.
    /// </summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>As Path, but each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What Save-DlDataset got. Its label is known.</summary>
    [Parameter(ParameterSetName = "Saved", Mandatory = true, ValueFromPipeline = true)]
    public SavedDataset? InputObject { get; set; }

    /// <summary>
    /// The column to be predicted, by name or by number from 1; or several, which are all numbers or all yes and no. Of images: what the column is called that their folders give.
    /// </summary>
    [Parameter(Position = 1)]
    public string[] Label { get; set; } = [];

    /// <summary>
    /// Whether the label is a class, a number or Labels: any of several names, such as red;blue, or none. Without it: decided by
    /// its values.
    /// </summary>
    [Parameter]
    public LabelKind LabelKind { get; set; }

    /// <summary>The column that says how much each row counts in the loss, by name or by number from 1; it is no input then.</summary>
    [Parameter]
    public string? SampleWeight { get; set; }

    /// <summary>What stands between two values of a CSV file. Without it: found out.</summary>
    [Parameter]
    public char Delimiter { get; set; }

    /// <summary>What stands around values of a CSV file that hold a delimiter. An empty text: nothing does. Without it: ".</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateLength(0, 1)]
    public string? Quote { get; set; }

    /// <summary>
    /// The encoding of CSV files: utf8, unicode, bigendianunicode, latin1, ansi or a registered name such as windows-1250. Without it:
    /// found out, Windows-1252 where a file is neither UTF-8 nor UTF-16.
    /// </summary>
    [Parameter]
    public string? Encoding { get; set; }

    /// <summary>What stands before decimals: a point or a comma. Without it: found out where no commas stand between values.</summary>
    [Parameter]
    public char Decimal { get; set; }

    /// <summary>What stands between groups of three digits. Without it: found out where a number such as 1,234,567 says so.</summary>
    [Parameter]
    public char Thousands { get; set; }

    /// <summary>What lines of a CSV file begin with that are no rows. Without it: all lines are rows.</summary>
    [Parameter]
    public char Comment { get; set; }

    /// <summary>
    /// The texts that stand for no value, in any case. Without it: NA, N/A, NaN, null, none, ? and -. An empty value always is none.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? MissingValue { get; set; }

    /// <summary>The file's first line holds values, not names; columns are then Column1, Column2, ...</summary>
    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>The names of all columns in the file's order.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <summary>The only columns to read, besides the label and the weight.</summary>
    [Parameter]
    public string[]? Property { get; set; }

    /// <summary>The IDX file that holds the labels of an IDX file of images.</summary>
    [Parameter]
    public string? LabelPath { get; set; }

    /// <summary>Which part to read of a set of images that has two: MNIST, CIFAR, those in their form, folders such as train and test.</summary>
    [Parameter]
    [ValidateSet("Train", "Test")]
    public string Part { get; set; } = "Train";

    /// <summary>The size that images are given, in pixels: one number for both sides, or height and width. Without it: as they are.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateRange(1, 16384)]
    public int[]? ImageSize { get; set; }

    /// <summary>How they get that size: the short side scaled and the rest cut off, stretched, or with black beside them.</summary>
    [Parameter]
    public ImageFit ImageFit { get; set; }

    /// <summary>Whether images are in colour, of three channels, or grey, of one.</summary>
    [Parameter]
    public ImageMode ImageMode { get; set; }

    /// <summary>
    /// What becomes of pixels: numbers from 0 to 1, or each channel standardised by the training part, or by ImageNet's mean and deviation.
    /// </summary>
    [Parameter]
    public ImageNormalization ImageNormalize { get; set; }

    /// <summary>The column of a CSV file that holds the paths of images, seen from the file's folder; the images take its place.</summary>
    [Parameter]
    public string? ImageColumn { get; set; }

    /// <summary>The class of an image file from the pipeline; a script block finds it of each. Without it: the name of its folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ImageLabel { get; set; }

    /// <summary>
    /// How much memory the data may take, such as 2GB. What is more lies in files and is made ready piece by piece while it is learned
    /// from. Without it: half of what the machine has left.
    /// </summary>
    [Parameter]
    [ValidateRange(1 << 20, long.MaxValue)]
    public long MemoryLimit { get; set; }

    /// <summary>The folder for data that does not fit into memory; without it, that for temporary files.</summary>
    [Parameter]
    public string? CachePath { get; set; }

    /// <summary>An image that cannot be read is an error; nothing is left out.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

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
            Read(saved.Name, (write, progress, cancel) => Normalized(saved.Read(Part, Options(write, progress), cancel)));
            return;
        }

        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal).ToArray())
        {
            if (CifarReader.Holds(path))
                WriteObject(Normalized(Work(cancel => CifarReader.Read(path, Part, Label.FirstOrDefault(), cancel))));
            else if (Directory.Exists(path))
                ReadFolder(path);
            else if (LabelPath is not null || IsIdx(path))
                ReadIdx(path);
            else if (ImageColumn is null && ImageSetReader.IsImage(path))
                images.Add(new ImageFile(path, string.IsNullOrEmpty(ImageLabel) ? FolderName(path) : ImageLabel));
            else
                tables.Add(path);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (images.Count > 0)
            Read(images[0].Path, (write, progress, cancel) => ImageSetReader.ReadFiles("images", images, Images(write, progress), cancel));
        if (tables.Count > 0)
            Read(tables[0], ReadTables);
    }

    /// <summary>Reads a dataset, shows how far it is, and writes it.</summary>
    private void Read(string path, Func<Action<Action>, Action<double>, CancellationToken, Dataset> read)
    {
        var fraction = 0.0;
        Dataset? dataset = null;
        Work((write, cancel) => dataset = read(write, done => fraction = done, cancel),
            () => new ProgressRecord(1, "Reading " + path, $"{fraction:P0}") { PercentComplete = (int)(100 * fraction) });
        WriteObject(WithDefaults(dataset!));
    }

    private Dataset ReadTables(Action<Action> write, Action<double> progress, CancellationToken cancel)
    {
        var table = CsvReader.ReadMany(tables, Options(write, progress), cancel);
        if (ImageColumn is null)
            return table;
        var folders = tables.Select(path => System.IO.Path.GetDirectoryName(path)!).Distinct().ToArray();
        return ImageSetReader.ReadColumn(table, ImageColumn, folders, Images(write, progress), cancel);
    }

    private void ReadFolder(string path)
    {
        if (Directory.EnumerateFiles(path).Any(IsIdx))
            WriteObject(Normalized(Work(cancel => IdxReader.ReadFolder(path, Part, cancel))));
        else
            Read(path, (write, progress, cancel) => ImageSetReader.ReadFolder(path, Part, Images(write, progress), cancel));
    }

    private void ReadIdx(string path)
    {
        var labels = LabelPath is null ? null : this.ResolveTarget(LabelPath);
        WriteObject(Normalized(Work(cancel => IdxReader.Read(path, labels, cancel))));
    }

    private Dataset Normalized(Dataset data) => Given(nameof(ImageNormalize)) ? ImageSetReader.Normalized(data, ImageNormalize) : data;

    private ImageSetOptions Images(Action<Action> write, Action<double> progress) => new()
    {
        Preparation = new ImagePreparation
        {
            Size = ImageSize is null ? null : new ImageSize(ImageSize[0], ImageSize[^1]),
            Fit = ImageFit,
            Mode = ImageMode,
        },
        Normalization = ImageNormalize,
        MemoryLimit = Given(nameof(MemoryLimit)) ? MemoryLimit : null,
        Label = Label.FirstOrDefault() ?? "Label",
        Strict = Strict,
        Warn = text => write(() => WriteWarning(text)),
        Log = text => write(() => WriteVerbose(text)),
        Progress = progress,
    };

    private CsvOptions Options(Action<Action> write, Action<double> progress) => new()
    {
        Label = Label.FirstOrDefault(),
        MoreLabels = Label.Skip(1).ToArray(),
        Weight = SampleWeight,
        LabelKind = Given(nameof(LabelKind)) ? LabelKind : null,
        Delimiter = Given(nameof(Delimiter)) ? Delimiter : null,
        Quote = Quote is null ? null : Quote.FirstOrDefault(),
        Encoding = Encoding,
        Decimal = Given(nameof(Decimal)) ? Decimal : null,
        Thousands = Given(nameof(Thousands)) ? Thousands : null,
        Comment = Given(nameof(Comment)) ? Comment : null,
        MissingValues = MissingValue,
        Header = Given(nameof(NoHeader)) ? !NoHeader : null,
        Names = Header,
        Columns = Property is null || ImageColumn is null ? Property : [.. Property, ImageColumn],
        Settings = Settings(),
        MemoryLimit = Given(nameof(MemoryLimit)) ? MemoryLimit : null,
        CacheFolder = CachePath is null ? null : this.ResolveTarget(CachePath),
        Log = text => write(() => WriteVerbose(text)),
        Progress = progress,
    };

    /// <summary>What is said of columns; paths of images are text, even where they look like numbers.</summary>
    private Dictionary<string, ColumnSettings> Settings()
    {
        var settings = new Dictionary<string, ColumnSettings>(ColumnSettings ?? new Dictionary<string, ColumnSettings>());
        if (ImageColumn is not null)
            settings[ImageColumn] = new ColumnSettings { Kind = ColumnKind.Category };
        return settings;
    }

    private static string? FolderName(string path) => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path));

    private static bool IsIdx(string path) =>
        System.IO.Path.GetFileName(path) is var name && name.Contains("idx", StringComparison.OrdinalIgnoreCase)
        && name.Contains("ubyte", StringComparison.OrdinalIgnoreCase);
}
