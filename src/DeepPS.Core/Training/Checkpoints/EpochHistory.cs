using System.Text;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// The epochs of a model as rows of numbers, exact to the last bit. Every checkpoint has all of them: as text they
/// would soon take most of its size, and most of the memory needed to write it.
/// </summary>
internal static class EpochHistory
{
    private static readonly int Fixed = EpochValue.All.Count;

    /// <summary>Saves epochs. Successive epochs with the same metrics form one part.</summary>
    public static void Save(IReadOnlyList<EpochRecord> history, StateBag state)
    {
        for (int first = 0, part = 0, count; first < history.Count; first += count, part++)
        {
            count = 1;
            while (first + count < history.Count && HaveSameMetrics(history[first], history[first + count]))
                count++;
            var names = string.Join('\n', history[first].MetricValues.Select(metric => metric.Key));
            state.Put($"{part}/metrics", Encoding.UTF8.GetBytes(names));
            var row = state.Room($"{part}/values", checked(count * (Fixed + history[first].MetricValues.Count)));
            for (var i = first; i < first + count; i++)
                row = Write(history[i], row);
        }
    }

    /// <summary>Restores the epochs that <see cref="Save"/> saved.</summary>
    public static IEnumerable<EpochRecord> Load(StateBag state)
    {
        for (var part = 0; state.Has($"{part}/values"); part++)
        {
            var names = Encoding.UTF8.GetString(state.Bytes($"{part}/metrics"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var row in state.Doubles($"{part}/values").Chunk(Fixed + names.Length))
                yield return Read(row, names);
        }
    }

    private static Span<double> Write(EpochRecord record, Span<double> row)
    {
        for (var i = 0; i < Fixed; i++)
            row[i] = EpochValue.All[i].Of(record) ?? double.NaN;
        for (var i = 0; i < record.MetricValues.Count; i++)
            row[Fixed + i] = record.MetricValues[i].Value;
        return row[(Fixed + record.MetricValues.Count)..];
    }

    private static EpochRecord Read(double[] row, string[] names)
    {
        var values = EpochValue.All.Zip(row).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return EpochValue.Record(name => values[name], names.Zip(row[Fixed..], KeyValuePair.Create).ToArray());
    }

    private static bool HaveSameMetrics(EpochRecord one, EpochRecord other)
    {
        if (one.MetricValues.Count != other.MetricValues.Count)
            return false;
        for (var i = 0; i < one.MetricValues.Count; i++)
            if (one.MetricValues[i].Key != other.MetricValues[i].Key)
                return false;
        return true;
    }
}
