using System.Management.Automation;
using DeepPS.Data;

namespace DeepPS.Abstractions;

/// <summary>
/// Turns pipeline objects into rows for a model: the properties that it was trained on, or paths of files.
/// </summary>
internal sealed class PredictionInput
{
    private readonly PSCmdlet cmdlet;
    private readonly DataPlan plan;
    private readonly HashSet<string> columns;

    /// <summary>Makes the input of a model.</summary>
    /// <param name="cmdlet">The cmdlet, whose session resolves paths.</param>
    /// <param name="plan">The plan of the model's training data.</param>
    public PredictionInput(PSCmdlet cmdlet, DataPlan plan)
    {
        this.cmdlet = cmdlet;
        this.plan = plan;
        columns = plan.Columns.Where(column => column.Role == ColumnRole.Input).Select(column => column.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Objects of the pipeline for one input: a path stands for the files that it matches.</summary>
    public IEnumerable<PSObject> Expand(PSObject input) =>
        plan.FileColumn is not null && input.BaseObject is string path
        ? cmdlet.ResolveFiles([path], literal: false).Select(file => PSObject.AsPSObject(new FileInfo(file)))
        : [input];

    /// <summary>Objects as a dataset.</summary>
    public Dataset Rows(IEnumerable<PSObject> inputs) =>
        plan.Rows(inputs.Select(input => Row(input, columns.Contains)).ToList());

    /// <summary>
    /// An error that names the property at fault of an object that could not be predicted; null if unknown.
    /// </summary>
    public Exception? Check(PSObject input) => plan.Check(Row(input, _ => true));

    private Dictionary<string, object?> Row(PSObject input, Func<string, bool> isColumn)
    {
        if (plan.FileColumn is not { } fileColumn)
            return PipelineValue.Row(input, isColumn);
        if (input.BaseObject is FileInfo file)
            return new() { [fileColumn] = file.FullName };
        var row = PipelineValue.Row(input, isColumn);
        if (row.GetValueOrDefault(fileColumn) is string path)
            row[fileColumn] = cmdlet.ResolveTarget(path);
        return row;
    }
}
