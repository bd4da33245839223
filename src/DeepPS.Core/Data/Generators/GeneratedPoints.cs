using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Collects generated points with their classes: columns X1, X2, ... and Label.</summary>
internal sealed class GeneratedPoints(int count, int features, int classes)
{
    private readonly double[][] values = Enumerable.Range(0, features).Select(_ => new double[count]).ToArray();
    private readonly int[] labels = new int[count];
    private int filled;

    /// <summary>Adds a point. Coordinates are rounded to float precision.</summary>
    public void Add(int label, params ReadOnlySpan<double> point)
    {
        for (var i = 0; i < values.Length; i++)
            values[i][filled] = (float)point[i];
        labels[filled++] = label;
    }

    /// <summary>The points in random order.</summary>
    public Dataset ToDataset(string name, SeededRandom random)
    {
        var order = Enumerable.Range(0, filled).ToArray();
        random.Shuffle<int>(order);
        var levels = Enumerable.Range(0, classes).Select(level => level.ToString(CultureInfo.InvariantCulture))
            .ToArray();
        Column[] columns = [.. values.Select((column, i) => new NumberColumn($"X{i + 1}", column)),
            new CategoryColumn("Label", labels, levels)];
        return new Dataset(name, columns, "Label").Take(order);
    }
}
