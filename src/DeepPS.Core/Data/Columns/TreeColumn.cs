using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A tree per row, whose nodes have numbers and children: trees of any shape.</summary>
public sealed class TreeColumn : Column
{
    private readonly TreeStore trees;
    private readonly TreeNames names;
    private readonly int mostNodes;

    internal TreeColumn(string name, TreeStore trees, TreeNames names, int? mostNodes = null)
        : base(name)
    {
        this.trees = trees;
        this.names = names;
        this.mostNodes = mostNodes ?? trees.Largest;
    }

    /// <summary>The names of the numbers of a node.</summary>
    public IReadOnlyList<string> Values => names.Values;

    /// <inheritdoc/>
    public override string Kind => "Tree";

    /// <inheritdoc/>
    public override int Count => trees.Count;

    /// <inheritdoc/>
    public override int Missing => Enumerable.Range(0, Count).Count(IsMissing);

    /// <inheritdoc/>
    public override object? this[int row] => IsMissing(row) ? null : TreeNode.Of(trees, row, names);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => trees.SizeOf(row) == 0;

    /// <inheritdoc/>
    public override string Describe() =>
        $"trees of up to {trees.Largest:N0} nodes with {string.Join(", ", names.Values)}";

    /// <summary>The trees.</summary>
    internal TreeStore Trees => trees;

    /// <summary>The names of a node's properties.</summary>
    internal TreeNames Names => names;

    /// <summary>The number of nodes of the largest tree of the data that the column was read with.</summary>
    internal int MostNodes => mostNodes;

    internal override long RowBytes =>
        (sizeof(float) * trees.Width + sizeof(int)) * (trees.Parents.LongLength / Math.Max(1, Count) + 1);

    internal override Shape ValueShape => new(mostNodes, trees.Width);

    internal override bool TakesScaling => true;

    internal override bool HasMean => false;

    internal override string? WhyUseless() => null;

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (TreeEncoder.Fit(this), "trees of nodes");

    internal override void AddTo(ValueHash hash) => hash.Add<int>(trees.Parents).Add<float>(trees.Values);

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new TreeColumn(Name, trees.Take(rows), names, mostNodes);

    private protected override Column Copy(string name) => new TreeColumn(name, trees, names, mostNodes);
}
