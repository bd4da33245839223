using System.Collections;
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
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the input of a model.</summary>
    /// <param name="cmdlet">The cmdlet, whose session resolves paths.</param>
    /// <param name="plan">The plan of the model's training data.</param>
    public PredictionInput(PSCmdlet cmdlet, DataPlan plan)
    {
        this.cmdlet = cmdlet;
        this.plan = plan;
        Columns = plan.InputColumnNames;
        for (var i = 0; i < Columns.Count; i++)
            places[Columns[i]] = i;
    }

    /// <summary>The value of a property that an object does not have.</summary>
    public static object Absent { get; } = new();

    /// <summary>The names of the properties that the model needs.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The place of a column among those of the model.</summary>
    public int PlaceOf(string name) => places[name];

    /// <summary>
    /// Objects of the pipeline for one input: a path stands for the files that it matches, and a text for an object
    /// with it, where the model reads a single text.
    /// </summary>
    public IEnumerable<PSObject> Expand(PSObject input) =>
        plan.FileColumn is not null && input.BaseObject is string path
        ? cmdlet.ResolveFiles([path], literal: false).Select(file => PSObject.AsPSObject(new FileInfo(file)))
        : plan.TakesText && input.BaseObject is string text ? [RowOf(Columns[0], text)]
        : [input];

    private static PSObject RowOf(string name, string value)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }

    /// <summary>The values of an object in the order of <see cref="Columns"/>.</summary>
    public object?[] Values(PSObject input)
    {
        var values = new object?[Columns.Count];
        if (plan.FileColumn is not null || input.BaseObject is IDictionary)
        {
            var row = Row(input, places.ContainsKey);
            for (var i = 0; i < values.Length; i++)
                values[i] = row.TryGetValue(Columns[i], out var value) ? value : Absent;
            return values;
        }

        var properties = input.Properties;
        for (var i = 0; i < values.Length; i++)
            values[i] = properties[Columns[i]] is { } property ? PipelineValue.Read(property) : Absent;
        return values;
    }

    /// <summary>
    /// An error that names the property at fault of an object that could not be predicted; null if unknown.
    /// </summary>
    public Exception? Check(PSObject input) => plan.Check(Row(input, _ => true));

    /// <summary>An object as a row: the wanted properties by name, with full paths of image files.</summary>
    public Dictionary<string, object?> Row(PSObject input, Func<string, bool> isColumn)
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
