using System.Globalization;
using System.Text;
using DeepPS.Common;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>The epochs of a run as a CSV file: a header, then a line for each epoch.</summary>
/// <param name="path">The file.</param>
internal sealed class EpochTable(string path)
{
    private readonly LineFile file = new(path);

    /// <summary>Deletes the epochs of an earlier run.</summary>
    public void Clear() => file.Delete();

    /// <summary>The number of the last epoch that has a complete line, or 0. An incomplete line is cut off.</summary>
    public int LastEpoch()
    {
        var last = file.Repair();
        return last is not null && int.TryParse(last.AsSpan(0, Math.Max(last.IndexOf(','), 0)),
            CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
    }

    /// <summary>Appends an epoch's line; the first one follows a header.</summary>
    public void Add(EpochRecord record)
    {
        var values = EpochValue.Table(record).ToArray();
        var header = file.IsEmpty ? string.Join(',', values.Select(value => Quoted(value.Name))) + "\n" : "";
        file.Append($"{header}{string.Join(',', values.Select(value => Text(value.Value)))}\n");
    }

    /// <summary>Names and values of the last complete line, the number of the epoch first.</summary>
    /// <exception cref="InvalidDataException">Header or line are not those of <see cref="Add"/>.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> LastValues()
    {
        if (file.Ends() is not var (header, last))
            return [];
        var (names, values) = (Cells(header).ToArray(), Cells(last).ToArray());
        if (names[0] != nameof(EpochRecord.Epoch) || names.Distinct().Count() < names.Length)
            throw new InvalidDataException("epochs.csv does not begin with a header of columns, Epoch first");
        if (values.Length != names.Length)
            throw new InvalidDataException(
                $"the last line of epochs.csv has {values.Length} values for {names.Length} columns");
        for (var i = 0; i < values.Length; i++)
            if (i == 0 ? !int.TryParse(values[i], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                : values[i].Length > 0 && !double.TryParse(values[i], CultureInfo.InvariantCulture, out _))
                throw new InvalidDataException($"the last line of epochs.csv has '{values[i]}' as {names[i]}");
        return names.Zip(values, KeyValuePair.Create).ToArray();
    }

    /// <summary>All epochs that have a complete line; lines that cannot be read are left out.</summary>
    public IReadOnlyList<EpochRecord> Records()
    {
        using var stream = SharedFile.OpenRead(path);
        if (stream is null)
            return [];
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        var names = Cells(lines[0].TrimEnd('\r')).ToArray();
        var own = EpochValue.All.Select(value => value.Name).ToHashSet();
        return lines[1..^1].Select(line => Cells(line.TrimEnd('\r')).Select(Value).ToArray())
            .Where(values => values.Length == names.Length && !double.IsNaN(values[0]))
            .Select(values => names.Zip(values, KeyValuePair.Create).ToArray())
            .Select(pairs => EpochValue.Record(
                name => pairs.Where(pair => pair.Key == name).Select(pair => (double?)pair.Value).FirstOrDefault(),
                pairs.Where(pair => !own.Contains(pair.Key)).ToArray())).ToArray();

        static double Value(string cell) =>
            double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    private static IEnumerable<string> Cells(string line)
    {
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        yield return cell.ToString();
    }

    private static string Text(double? value) =>
        value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string name) =>
        name.Contains(',') || name.Contains('"') ? $"\"{name.Replace("\"", "'")}\"" : name;
}
