using System.Management.Automation;
using DeepPS.Inference;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// Records as objects whose metrics are properties, in the order in which a table reads well. Each record of a run has the
/// same properties, so that Export-Csv finds its columns in the first.
/// </summary>
internal static class FlatRecord
{
    public static PSObject Of(EpochRecord record) => Flat(record, record.Metrics(),
        [.. EpochValue.All.Where(value => value.PrecedesMetrics).Select(value => value.Name)],
        [.. EpochValue.All.Where(value => !value.PrecedesMetrics).Select(value => value.Name)]);

    public static PSObject Of(Evaluation evaluation)
    {
        var flat = Flat(evaluation, evaluation.Metrics(), [nameof(evaluation.Dataset), nameof(evaluation.Count), nameof(evaluation.Loss)], []);
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

    /// <summary>Sets a property of an object, in place of one of that name.</summary>
    public static void Set(this PSObject target, string name, object? value)
    {
        if (target.Properties[name] is PSNoteProperty note)
            note.Value = value;
        else
            target.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <remarks>A type name tells the metrics, for a view with a column of each.</remarks>
    private static PSObject Flat(object record, IReadOnlyList<KeyValuePair<string, double>> metrics, string[] before, string[] after)
    {
        var flat = PSObject.AsPSObject(record);
        foreach (var name in before)
            flat.Set(name, Value(record, name));
        foreach (var (name, value) in metrics)
            flat.Set(name, value);
        foreach (var name in after)
            flat.Set(name, Value(record, name));
        flat.TypeNames.Insert(0, $"{record.GetType().FullName}#{string.Join(',', metrics.Select(metric => metric.Key))}");
        return flat;
    }

    private static object? Value(object record, string name) => record.GetType().GetProperty(name)!.GetValue(record);
}
