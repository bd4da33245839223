namespace DeepPS.Data;

/// <summary>
/// Trees in flat arrays, one after the other. The nodes of a tree are in the order of their levels: the root, its
/// children, all of their children, ...
/// </summary>
/// <param name="starts">The place of each tree's first node, and the number of all nodes.</param>
/// <param name="parents">For each node the place of its parent in its own tree; -1 for a root.</param>
/// <param name="values">The numbers of each node, node after node.</param>
/// <param name="width">How many numbers a node has.</param>
internal sealed class TreeStore(int[] starts, int[] parents, float[] values, int width)
{
    /// <summary>How many trees there are, also missing ones.</summary>
    public int Count => starts.Length - 1;

    /// <summary>How many numbers a node has.</summary>
    public int Width => width;

    /// <summary>The numbers of all nodes.</summary>
    public float[] Values => values;

    /// <summary>The parents of all nodes.</summary>
    public int[] Parents => parents;

    /// <summary>The number of nodes of the largest tree; at least 1.</summary>
    public int Largest => Enumerable.Range(0, Count).Select(SizeOf).Append(1).Max();

    /// <summary>The number of nodes of a tree; 0 where it is missing.</summary>
    public int SizeOf(int row) => starts[row + 1] - starts[row];

    /// <summary>The parents of a tree's nodes.</summary>
    public ReadOnlySpan<int> ParentsOf(int row) => parents.AsSpan(starts[row], SizeOf(row));

    /// <summary>The numbers of a tree's nodes.</summary>
    public ReadOnlySpan<float> ValuesOf(int row) => values.AsSpan(starts[row] * width, SizeOf(row) * width);

    /// <summary>Some trees; -1 for a missing one.</summary>
    public TreeStore Take(ReadOnlySpan<int> rows)
    {
        var places = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            places[i + 1] = checked(places[i] + (rows[i] < 0 ? 0 : SizeOf(rows[i])));
        var (taken, numbers) = (new int[places[^1]], new float[(long)places[^1] * width]);
        for (var i = 0; i < rows.Length; i++)
            if (rows[i] >= 0)
            {
                ParentsOf(rows[i]).CopyTo(taken.AsSpan(places[i]));
                ValuesOf(rows[i]).CopyTo(numbers.AsSpan(places[i] * width));
            }

        return new TreeStore(places, taken, numbers, width);
    }

    /// <summary>The level of each node of a tree, 0 for the root, and its place among its parent's children.</summary>
    public (int[] Levels, int[] Slots) Layout(int row)
    {
        var own = ParentsOf(row);
        var (levels, slots, children) = (new int[own.Length], new int[own.Length], new int[own.Length]);
        for (var node = 1; node < own.Length; node++)
        {
            levels[node] = levels[own[node]] + 1;
            slots[node] = children[own[node]]++;
        }

        return (levels, slots);
    }
}
