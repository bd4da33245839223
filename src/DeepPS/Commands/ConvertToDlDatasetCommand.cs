using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Convert objects to a dataset, with a row for each object and a column for each property.</summary>
/// <remarks>
/// Numbers, time spans (as seconds), booleans, text and enumerations become columns. So do arrays of them, nested or
/// not, if every object has one of the same shape: arrays of numbers become a Tensor column, arrays of names Tokens.
/// Arrays that differ only in the length of their first axis are padded to the longest. Recurrent layers, attention,
/// SequenceMean, losses and metrics leave the padding out; other layers can take a mask, which is named input.mask.
/// Objects with a list of children become trees of kind Tree: every node has the numbers that the first root has, or
/// those that Values of -Column names. -Column @{ NAME = 'Tree' } also reads their JSON.
///
/// Dates, as objects or as text, become Time columns. Properties that hold other objects are left out, which -Verbose
/// reports; use Select-Object to expand them.
///
/// A label may be an array too: of numbers, or with a class at each position. Without a label, a model learns to
/// reconstruct its input.
/// </remarks>
/// <example>
/// <code>Get-Process | ConvertTo-DlDataset -Property CPU, WS, Handles, Threads* -Label WS</code>
/// <para>Makes a dataset of the machine's processes. The working set is the label.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./runs.csv | Where-Object Status -ne 'Skipped' | ConvertTo-DlDataset -Label Status</code>
/// <para>Filters rows before they become a dataset.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem -File -Recurse |
///     ConvertTo-DlDataset Length -Property Extension, Length, *WriteTime -Column @{ Extension = 'Category' }</code>
/// <para>Makes a dataset of files; the times become columns of kind Time.</para>
/// </example>
/// <example>
/// <code>1..1000 | ForEach-Object {
///     $x = 1..12 | ForEach-Object { Get-Random -Maximum 10 }
///     @{ Digits = $x; Reversed = $x[11..0] }
/// } | ConvertTo-DlDataset Reversed -LabelKind Class</code>
/// <para>Makes sequences whose label has a class at each position.</para>
/// </example>
/// <example>
/// <code>$jets | ConvertTo-DlDataset Kind -Property Tree, Kind `
///     -Column @{ Tree = @{ Kind = 'Tree'; Children = 'Parts'; Values = 'E', 'Eta', 'Phi' } }</code>
/// <para>Makes a dataset of trees, whose nodes have three numbers.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlDataset")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlDatasetCommand : TableCmdlet
{
    private DatasetBuilder? builder;
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> missing = [];
    private WildcardPattern[] wanted = [];

    /// <summary>Objects of any type, or dictionaries.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The property to predict; or several properties, all numbers or all booleans. Default: none, the input is
    /// reconstructed.
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Label { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The kind of the label: Class, Number, Labels for any number of names in one value, as an array or as text such
    /// as red;blue, or Text that the network produces. Default: detected from the values, but never Text.
    /// </summary>
    [Parameter]
    public LabelKind? LabelKind { get; set; }

    /// <summary>
    /// The property with each object's weight in the loss, a number of 0 or more. It is not used as an input. Default:
    /// all objects have weight 1.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? SampleWeight { get; set; }

    /// <summary>The properties that become columns, besides the label and the weight. Wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Property { get; set => field = value ?? ["*"]; } = ["*"];

    /// <summary>The name of the dataset.</summary>
    [Parameter]
    public string Name { get; set; } = "objects";

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        builder = new DatasetBuilder(WriteVerbose, ColumnSettings)
        {
            Warn = WriteWarning,
            NameLists = LabelKind is Common.LabelKind.Labels ? Label : [],
        };
        missing = Property.Where(name => !WildcardPattern.ContainsWildcardCharacters(name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        wanted = Property.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
    }

    /// <inheritdoc/>
    protected override void Process() => builder!.Add(PipelineValue.Row(InputObject, IsColumn));

    /// <inheritdoc/>
    protected override void End()
    {
        if (missing.Count > 0 && seen.Count > 0)
            throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
                $"No object has a property '{missing.First()}'. Properties: {string.Join(", ", seen)}.",
                missing.First());
        var dataset = builder!.Build(
            Name, Label.FirstOrDefault(), LabelKind, SampleWeight, Label.Skip(1).ToArray());
        WriteObject(WithDefaults(dataset));
    }

    private bool IsColumn(string property)
    {
        if (missing.Count > 0)
        {
            seen.Add(property);
            missing.Remove(property);
        }

        return IsWanted(property);
    }

    private bool IsWanted(string property) =>
        wanted.Any(pattern => pattern.IsMatch(property)) || Label.Any(label => Is(property, label))
        || Is(property, SampleWeight);

    private static bool Is(string property, string? name) =>
        string.Equals(property, name, StringComparison.OrdinalIgnoreCase);
}
