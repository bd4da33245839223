using System.Collections;
using System.Management.Automation;

namespace DeepPS.Commands;

/// <summary>Reads a dataset: from CSV files, from IDX files such as MNIST's, gzipped or not, or from a folder of them.</summary>
/// <remarks>
/// What a CSV file's delimiter, encoding and decimal sign are, whether its first line names the columns, and what each column
/// holds is found out from the file: numbers, names, or points in time, by all of its values; -Verbose says what was decided.
/// Dates are read as 2024-05-31, 31.5.2024, 5/31/2024 or 31 May 2024, with a time or without; what their column holds shows whether
/// the day comes first, and those with an offset count in UTC. Several CSV files with the same columns become one dataset. Numbers are
/// standardised and categories one-hot encoded at the first training, by the training part alone.
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
/// <code>$train = Import-DlDataset ./mnist -Part Train
/// $test = Import-DlDataset ./t10k-images-idx3-ubyte.gz -LabelPath ./t10k-labels-idx1-ubyte.gz</code>
/// <para>Reads images: those to train on from a folder that holds MNIST's four files, those to test from a pair of files.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlDataset", DefaultParameterSetName = "Path")]
[OutputType(typeof(Dataset))]
public sealed class ImportDlDatasetCommand : WorkCmdlet
{
    private readonly List<string> tables = [];

    /// <summary>CSV files, IDX files of images, or folders of IDX files. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>As Path, but each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The column to be predicted, by name or by number from 1.</summary>
    [Parameter(Position = 1)]
    public string? Label { get; set; }

    /// <summary>Whether the label is a class or a number. Without it: decided by its values.</summary>
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
    [ArgumentCompletions("utf8", "unicode", "bigendianunicode", "latin1", "ansi")]
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

    /// <summary>What single columns are read as, by name: Number, Category, Boolean, Time, Text or Ignore.</summary>
    [Parameter]
    [ColumnSettingsConversion]
    public IDictionary? Column { get; set; }

    /// <summary>The IDX file that holds the labels of an IDX file of images.</summary>
    [Parameter]
    public string? LabelPath { get; set; }

    /// <summary>Which part of a folder of IDX files to read.</summary>
    [Parameter]
    [ValidateSet("Train", "Test")]
    public string Part { get; set; } = "Train";

    /// <inheritdoc/>
    protected override object Input => ParameterSetName == "Path" ? Path : LiteralPath;

    /// <inheritdoc/>
    protected override void Process()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal).ToArray())
        {
            if (Directory.Exists(path))
                WriteObject(Work(cancel => IdxReader.ReadFolder(path, Part, cancel)));
            else if (LabelPath is not null || IsIdx(path))
                ReadImages(path);
            else
                tables.Add(path);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (tables.Count == 0)
            return;
        var fraction = 0.0;
        Dataset? dataset = null;
        Work((write, cancel) => dataset = CsvReader.ReadMany(tables, Options(write, read => fraction = read), cancel),
            () => new ProgressRecord(1, "Reading " + tables[0], $"{fraction:P0}") { PercentComplete = (int)(100 * fraction) });
        WriteObject(dataset);
    }

    private void ReadImages(string path)
    {
        var labels = LabelPath is null ? null : this.ResolveTarget(LabelPath);
        WriteObject(Work(cancel => IdxReader.Read(path, labels, cancel)));
    }

    private CsvOptions Options(Action<Action> write, Action<double> progress) => new()
    {
        Label = Label,
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
        Columns = Property,
        Settings = (IReadOnlyDictionary<string, ColumnSettings>?)Column,
        Log = text => write(() => WriteVerbose(text)),
        Progress = progress,
    };

    private static bool IsIdx(string path) =>
        System.IO.Path.GetFileName(path) is var name && name.Contains("idx", StringComparison.OrdinalIgnoreCase)
        && name.Contains("ubyte", StringComparison.OrdinalIgnoreCase);
}
