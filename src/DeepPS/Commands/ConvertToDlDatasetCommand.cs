using System.Management.Automation;

namespace DeepPS.Commands;

/// <summary>Makes a dataset of any objects: each object is a row, each property a column.</summary>
/// <remarks>
/// Numbers, time spans (as seconds), booleans, text and enumerations become columns; properties that hold other objects or
/// dates are left out, which -Verbose says.
/// </remarks>
/// <example>
/// <code>Get-Process | ConvertTo-DlDataset -Property CPU, WS, Handles, Threads* -Label WS</code>
/// <para>Makes a dataset of the machine's processes. The working set is to be predicted from the rest.</para>
/// </example>
/// <example>
/// <code>Import-Csv ./runs.csv | Where-Object Status -ne 'Skipped' | ConvertTo-DlDataset -Label Status</code>
/// <para>Filters rows with PowerShell before they become a dataset.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "DlDataset")]
[OutputType(typeof(Dataset))]
public sealed class ConvertToDlDatasetCommand : DlCmdlet
{
    private DatasetBuilder? builder;
    private WildcardPattern[] wanted = [];

    /// <summary>The objects: of any type, or dictionaries.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property to be predicted.</summary>
    [Parameter(Position = 0)]
    public string? Label { get; set; }

    /// <summary>Whether the label is a class or a number. Without it: decided by its values.</summary>
    [Parameter]
    public LabelKind LabelKind { get; set; }

    /// <summary>The properties that become columns, besides the label. Wildcards are allowed. Without it: all.</summary>
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
        builder = new DatasetBuilder(WriteVerbose);
        wanted = Property.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
    }

    /// <inheritdoc/>
    protected override void Process() => builder!.Add(PipelineValue.Row(InputObject, Wants));

    /// <inheritdoc/>
    protected override void End() =>
        WriteObject(builder!.Build(Name, Label, Given(nameof(LabelKind)) ? LabelKind : null));

    private bool Wants(string property) =>
        wanted.Any(pattern => pattern.IsMatch(property)) || string.Equals(property, Label, StringComparison.OrdinalIgnoreCase);
}
