using System.Management.Automation;

namespace DeepPS;

/// <summary>
/// Records as objects whose metrics are properties, in the order in which a table reads well. Each record of a run has the
/// same properties, so that Export-Csv finds its columns in the first.
/// </summary>
internal static class FlatRecord
{
    public static PSObject Of(EpochRecord record) => Flat(record, record.Metrics(),
        [nameof(record.Epoch), nameof(record.Loss), nameof(record.ValidationLoss)],
        [nameof(record.LearningRate), nameof(record.Seconds), nameof(record.SamplesPerSecond)]);

    public static PSObject Of(Evaluation evaluation) => Flat(evaluation, evaluation.Metrics(),
        [nameof(evaluation.Dataset), nameof(evaluation.Count), nameof(evaluation.Loss)], []);

    /// <summary>Sets a property of an object, in place of one of that name.</summary>
    public static void Set(this PSObject target, string name, object? value)
    {
        if (target.Properties[name] is PSNoteProperty note)
            note.Value = value;
        else
            target.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <remarks>With one metric, a name of type tells which, for a table with a column of it.</remarks>
    private static PSObject Flat(object record, IReadOnlyList<KeyValuePair<string, double>> metrics, string[] before, string[] after)
    {
        var flat = PSObject.AsPSObject(record);
        foreach (var name in before)
            flat.Set(name, Value(record, name));
        foreach (var (name, value) in metrics)
            flat.Set(name, value);
        if (metrics.Select(metric => metric.Key).FirstOrDefault() is { } main && metrics.All(metric => metric.Key.EndsWith(main, StringComparison.Ordinal)))
            flat.TypeNames.Insert(0, $"{record.GetType().FullName}#{main}");
        foreach (var name in after)
            flat.Set(name, Value(record, name));
        return flat;
    }

    private static object? Value(object record, string name) => record.GetType().GetProperty(name)!.GetValue(record);
}
