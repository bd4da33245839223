using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Makes a dataset of any objects: each object is a row, each property a column.</summary>
/// <remarks>
/// Numbers, time spans (as seconds), booleans, text and enumerations become columns, and so do arrays of them, nested or not, where
/// every object has one of the same shape: of numbers a Tensor column, of names Tokens. Dates, as objects or as text, become Time
/// columns. Properties that hold other objects are left out, which -Verbose says; Select-Object makes values of their parts. A label may be an array too: numbers, or a class at each place. Without a label, what is
/// learned is the input itself.
/// </remarks>
/// <example>
/// <code>Get-Process | ConvertTo-DlDataset -Property CPU, WS, Handles, Threads* -Label WS</code>
/// <para>Makes a dataset of the machine's processes. The working set is to be predicted from the rest.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./runs.csv | Where-Object Status -ne 'Skipped' | ConvertTo-DlDataset -Label Status</code>
/// <para>Filters rows with PowerShell before they become a dataset.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem -File -Recurse | ConvertTo-DlDataset Length -Property Extension, Length, *WriteTime -Column @{ Extension = 'Category' }</code>
/// <para>Makes a dataset of files; their times become columns of kind Time.</para>
/// </example>
/// <example>
/// <code>1..1000 | ForEach-Object { $x = 1..12 | ForEach-Object { Get-Random -Maximum 10 }; @{ Digits = $x; Reversed = $x[11..0] } } |
///     ConvertTo-DlDataset Reversed -LabelKind Class</code>
/// <para>Makes sequences whose label is a class at each place.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlDataset")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlDatasetCommand : TableCmdlet
{
    private DatasetBuilder? builder;
    private WildcardPattern[] wanted = [];

    /// <summary>The objects: of any type, or dictionaries.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property to be predicted; or several, which are all numbers or all yes and no.</summary>
    [Parameter(Position = 0)]
    public string[] Label { get; set; } = [];

    /// <summary>
    /// Whether the label is a class, a number or Labels: any of several names or none, as an array or as text such as red;blue.
    /// Without it: decided by its values.
    /// </summary>
    [Parameter]
    public LabelKind LabelKind { get; set; }

    /// <summary>The property that says how much each object counts in the loss: a number of 0 or more. It is no input then.</summary>
    [Parameter]
    public string? SampleWeight { get; set; }

    /// <summary>The properties that become columns, besides the label and the weight. Wildcards are allowed. Without it: all.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Property { get; set; } = ["*"];

    /// <summary>What the dataset is called.</summary>
    [Parameter]
    public string Name { get; set; } = "objects";

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        builder = new DatasetBuilder(WriteVerbose, ColumnSettings) { NameLists = LabelKind is LabelKind.Labels ? Label : [] };
        wanted = Property.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
    }

    /// <inheritdoc/>
    protected override void Process() => builder!.Add(PipelineValue.Row(InputObject, Wants));

    /// <inheritdoc/>
    protected override void End()
    {
        var dataset = builder!.Build(Name, Label.FirstOrDefault(), Given(nameof(LabelKind)) ? LabelKind : null, SampleWeight, Label.Skip(1).ToArray());
        WriteObject(WithDefaults(dataset));
    }

    private bool Wants(string property) =>
        wanted.Any(pattern => pattern.IsMatch(property)) || Label.Any(label => Is(property, label)) || Is(property, SampleWeight);

    private static bool Is(string property, string? name) => string.Equals(property, name, StringComparison.OrdinalIgnoreCase);
}
