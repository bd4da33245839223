using System.Text;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// The epochs of a model as rows of numbers, to their last bit. Each checkpoint has them all: as text they would soon be most of
/// what is written, and most of the memory that writing takes.
/// </summary>
internal static class EpochHistory
{
    /// <summary>What each epoch has besides its metrics.</summary>
    private const int Plain = 6;

    /// <summary>Keeps epochs: those that follow each other with the same metrics are one part.</summary>
    public static void Save(IReadOnlyList<EpochRecord> history, StateBag state)
    {
        for (int first = 0, part = 0, count; first < history.Count; first += count, part++)
        {
            count = 1;
            while (first + count < history.Count && HaveSameMetrics(history[first], history[first + count]))
                count++;
            state.Put($"{part}/metrics", Encoding.UTF8.GetBytes(string.Join('\n', history[first].MetricValues.Select(metric => metric.Key))));
            var row = state.Room($"{part}/values", checked(count * (Plain + history[first].MetricValues.Count)));
            for (var i = first; i < first + count; i++)
                row = Write(history[i], row);
        }
    }

    /// <summary>Gives back what <see cref="Save"/> kept.</summary>
    public static IEnumerable<EpochRecord> Load(StateBag state)
    {
        for (var part = 0; state.Has($"{part}/values"); part++)
        {
            var names = Encoding.UTF8.GetString(state.Bytes($"{part}/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var row in state.Doubles($"{part}/values").Chunk(Plain + names.Length))
                yield return Read(row, names);
        }
    }

    private static Span<double> Write(EpochRecord record, Span<double> row)
    {
        (row[0], row[1], row[2]) = (record.Epoch, record.Loss, record.ValidationLoss ?? double.NaN);
        (row[3], row[4], row[5]) = (record.LearningRate, record.Seconds, record.SamplesPerSecond);
        for (var i = 0; i < record.MetricValues.Count; i++)
            row[Plain + i] = record.MetricValues[i].Value;
        return row[(Plain + record.MetricValues.Count)..];
    }

    private static EpochRecord Read(double[] row, string[] names) => new()
    {
        Epoch = (int)row[0],
        Loss = row[1],
        ValidationLoss = double.IsNaN(row[2]) ? null : row[2],
        LearningRate = row[3],
        Seconds = row[4],
        SamplesPerSecond = row[5],
        MetricValues = names.Zip(row[Plain..], KeyValuePair.Create).ToArray(),
    };

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
