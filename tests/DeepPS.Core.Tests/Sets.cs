using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>Small generated datasets.</summary>
internal static class Sets
{
    /// <summary>Points of the line y = 2x + 1, x from -1 to 1.</summary>
    public static Dataset Line(int count = 64)
    {
        var x = Enumerable.Range(0, count).Select(i => -1 + 2.0 * i / (count - 1)).ToArray();
        var y = x.Select(v => 2 * v + 1).ToArray();
        return new Dataset("line", [new NumberColumn("x", x), new NumberColumn("y", y)], "y");
    }

    /// <summary>Two classes, separated by 0, with the given numbers of samples.</summary>
    public static Dataset Sides(int left, int right)
    {
        var x = Enumerable.Range(1, left).Select(i => -(double)i / left)
            .Concat(Enumerable.Range(1, right).Select(i => (double)i / right)).ToArray();
        var codes = x.Select(v => v < 0 ? 0 : 1).ToArray();
        var side = new CategoryColumn("side", codes, ["left", "right"]);
        return new Dataset("sides", [new NumberColumn("x", x), side], "side");
    }

    /// <summary>
    /// Points with random classes: a network can memorise them, but learns nothing that holds elsewhere.
    /// </summary>
    public static Dataset Noise(int count, int seed)
    {
        var random = new Random(seed);
        var columns = Enumerable.Range(0, 8).Select(c => (Column)new NumberColumn($"x{c}",
            Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1).ToArray())).ToList();
        var classes = Enumerable.Range(0, count).Select(i => i < 2 ? i : random.Next(2)).ToArray();
        columns.Add(new CategoryColumn("class", classes, ["a", "b"]));
        return new Dataset("noise", columns, "class");
    }
}
