using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>Chooses samples to look at.</summary>
public static class SampleChoice
{
    /// <summary>Chooses rows at random and gives their numbers in the dataset's order.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="count">The number of rows; all if there are fewer.</param>
    /// <param name="classes">The classes to choose from, in any case; empty for all.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="DlException"><c>NoClasses</c>: the dataset has no class label; <c>ClassNotFound</c>: it has no
    /// such class.</exception>
    public static IReadOnlyList<int> Choose(Dataset data, int count, IReadOnlyList<string> classes, int seed)
    {
        var rows = classes.Count == 0 ? Enumerable.Range(0, data.Count).ToArray() : RowsOf(data, classes);
        if (rows.Length <= count)
            return rows;
        new SeededRandom(seed).Shuffle(rows.AsSpan());
        return rows.Take(count).Order().ToArray();
    }

    private static int[] RowsOf(Dataset data, IReadOnlyList<string> classes)
    {
        if (data.Label is not CategoryColumn label)
            throw new DlException("NoClasses", DlErrorKind.InvalidArgument,
                $"Dataset '{data.Name}' has no class label to choose from: its label is "
                + $"{data.Label?.Name ?? "none"}.", data);
        var wanted = new HashSet<int>();
        foreach (var name in classes)
        {
            var level = Array.FindIndex(label.Levels.ToArray(),
                level => level.Equals(name, StringComparison.OrdinalIgnoreCase));
            wanted.Add(level >= 0 ? level : throw NotFound(label, name));
        }

        return Enumerable.Range(0, data.Count).Where(row => wanted.Contains(label.Codes[row])).ToArray();
    }

    private static DlException NotFound(CategoryColumn label, string name) => new("ClassNotFound", DlErrorKind.NotFound,
        $"'{name}' is no class of '{label.Name}'. Classes: {label.Describe()}.", name);
}
