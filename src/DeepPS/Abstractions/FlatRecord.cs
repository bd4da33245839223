using System.Management.Automation;
using DeepPS.Inference;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// Turns records into objects whose metrics are properties, in the order of a table's columns. All records of a run
/// have the same properties, since Export-Csv takes its columns from the first.
/// </summary>
internal static class FlatRecord
{
    public static PSObject Of(EpochRecord record) => Flat(record, record.Metrics(),
        [.. EpochValue.All.Where(value => value.PrecedesMetrics).Select(value => value.Name)],
        [.. EpochValue.All.Where(value => !value.PrecedesMetrics).Select(value => value.Name)]);

    public static PSObject Of(Evaluation evaluation)
    {
        var flat = Flat(evaluation, evaluation.Metrics(),
            [nameof(evaluation.Dataset), nameof(evaluation.Count), nameof(evaluation.Loss)], []);
        if (evaluation.Matrix() is { } matrix)
            flat.Set(nameof(ConfusionMatrix), matrix.Select(Of).ToArray());
        return flat;
    }

    public static PSObject Of(RunInfo run)
    {
        var flat = PSObject.AsPSObject(run);
        foreach (var (name, value) in run.Values())
            flat.Set(name, value);
        return flat;
    }

    private static PSObject Of(ConfusionMatrixRow row)
    {
        var flat = PSObject.AsPSObject(row);
        flat.Set(nameof(row.Class), row.Class);
        foreach (var (name, count) in row.Predicted())
            flat.Set(name, count);
        return flat;
    }

    /// <summary>Sets a property of an object, replacing one of that name.</summary>
    public static void Set(this PSObject target, string name, object? value)
    {
        if (target.Properties[name] is PSNoteProperty note)
            note.Value = value;
        else
            target.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <remarks>The type name lists the metrics, so that a view can have a column for each.</remarks>
    private static PSObject Flat(object record, IReadOnlyList<KeyValuePair<string, double>> metrics, string[] before,
        string[] after)
    {
        var flat = PSObject.AsPSObject(record);
        foreach (var name in before)
            flat.Set(name, Value(record, name));
        foreach (var (name, value) in metrics)
            flat.Set(name, value);
        foreach (var name in after)
            flat.Set(name, Value(record, name));
        var names = string.Join(',', metrics.Select(metric => metric.Key));
        flat.TypeNames.Insert(0, $"{record.GetType().FullName}#{names}");
        return flat;
    }

    private static object? Value(object record, string name) =>
        record.GetType().GetProperty(name)!.GetValue(record);
}
