using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Convert the rows of a dataset to objects, with a property for each column.</summary>
/// <remarks>
/// A missing value is $null. An image is an array of bytes (channels, height, width); other arrays are nested.
/// </remarks>
/// <example>
/// <code>New-DlDataset ServerMetrics 5000 -Seed 7 | ConvertFrom-DlDataset | Export-Csv servers.csv</code>
/// <para>Writes a generated dataset to a CSV file.</para>
/// </example>
/// <example>
/// <code>$split.Test | ConvertFrom-DlDataset | Invoke-DlPrediction -Model $model |
///     Where-Object { $_.Prediction -ne $_.Failure }</code>
/// <para>Shows the rows of the test part that a model predicts wrongly.</para>
/// </example>
[Cmdlet(VerbsData.ConvertFrom, "DlDataset")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromDlDatasetCommand : DlCmdlet
{
    /// <summary>The dataset.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public Dataset Dataset { get; set; } = null!;

    /// <inheritdoc/>
    protected override object Input => Dataset;

    /// <inheritdoc/>
    protected override void Process()
    {
        for (var row = 0; row < Dataset.Count && !Stopping; row++)
        {
            var item = new PSObject();
            foreach (var column in Dataset.Columns)
                item.Properties.Add(new PSNoteProperty(column.Name, Dataset.ValueOf(column, row)));
            WriteObject(item);
        }
    }
}
