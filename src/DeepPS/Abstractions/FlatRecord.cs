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
        if (evaluation.DecisionThreshold() is { } threshold)
            flat.Set("Threshold", threshold);
        if (evaluation.Matrix() is { } matrix)
        {
            flat.Set(nameof(ConfusionMatrix), matrix.Select(Of).ToArray());
            flat.Set(nameof(ConfusionPair), evaluation.Pairs()!.ToArray());
        }

        return flat;
    }

    /// <summary>A curvature with its eigenvalues as Largest1, Largest2, ..., Smallest1, ...</summary>
    public static PSObject Of(LossCurvature curvature)
    {
        var flat = PSObject.AsPSObject(curvature);
        foreach (var property in typeof(LossCurvature).GetProperties())
            flat.Set(property.Name, property.GetValue(curvature));
        foreach (var (i, value) in curvature.LargestOnes().Index())
            flat.Set($"{nameof(curvature.Largest)}{i + 1}", value);
        foreach (var (i, value) in curvature.SmallestOnes().Index())
            flat.Set($"{nameof(curvature.Smallest)}{i + 1}", value);
        return flat;
    }

    /// <summary>A row of a compression with the metrics of the model.</summary>
    public static PSObject Of(CompressionRow row) => Flat(row, row.Metrics(),
        [.. typeof(CompressionRow).GetProperties().Select(property => property.Name)], []);

    /// <summary>Runs with the values and settings of all of them, null where a run has none.</summary>
    public static IEnumerable<PSObject> Of(IReadOnlyList<RunInfo> runs)
    {
        var flat = runs.Select(PSObject.AsPSObject).ToArray();
        var own = typeof(RunInfo).GetProperties().Select(property => property.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Add(run => run.Values());
        Add(run => run.TestValues());
        Add(run => run.Settings());
        return flat;

        void Add<T>(Func<RunInfo, IReadOnlyList<KeyValuePair<string, T>>> values)
        {
            var each = runs.Select(run => values(run).DistinctBy(value => value.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(StringComparer.OrdinalIgnoreCase)).ToArray();
            foreach (var name in each.SelectMany(values => values.Keys).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(own.Add).ToArray())
                foreach (var (run, row) in flat.Zip(each))
                    run.Set(name, row.GetValueOrDefault(name));
        }
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
