using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Show each column of a dataset: its values, its encoding and the reason for it.</summary>
/// <remarks>
/// For a dataset, the plan is that of a training on all rows. For a split, the plan and the values are those of the
/// training part alone. For a trained model, it is the stored plan, without values.
/// </remarks>
/// <example>
/// <code>Import-DlDataset ./tickets.csv -Label Priority | Get-DlDatasetColumn</code>
/// <para>Shows the columns in a table.</para>
/// </example>
/// <example>
/// <code>$split | Get-DlDatasetColumn | Where-Object Role -eq LeftOut | Format-List Name, Reason</code>
/// <para>Shows why columns are left out.</para>
/// </example>
/// <example>
/// <code>Import-DlModel ./m.dlmodel | Get-DlDatasetColumn -Name Host*</code>
/// <para>Shows how a model encodes some columns.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlDatasetColumn")]
[OutputType(typeof(ColumnSummary))]
public sealed class GetDlDatasetColumnCommand : WorkCmdlet
{
    /// <summary>A dataset, a split or a trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The names of the columns. Wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set => field = value ?? ["*"]; } = ["*"];

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Process()
    {
        var input = PipelineValue.Unwrap(InputObject);
        var patterns = Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var column in Work(_ => Columns(input)))
            if (patterns.Any(pattern => pattern.IsMatch(column.Name)))
                WriteObject(column);
    }

    private static IReadOnlyList<ColumnSummary> Columns(object? input) => input switch
    {
        Dataset dataset => ColumnSummary.Of(dataset),
        Split split => ColumnSummary.Of(split),
        Model model => ColumnSummary.Of(model.Trained().Plan),
        _ => throw new DlException("NotADataset", DlErrorKind.InvalidArgument,
            $"Expected a Dataset, a Split or a trained Model; got {ModelSource.TypeName(input)}. Make a dataset with "
            + "Import-DlDataset, ConvertTo-DlDataset or New-DlDataset.", input),
    };
}
