namespace DeepPS.Data;

/// <summary>Collects a column of trees: objects with children, or their JSON.</summary>
internal sealed class TreeBuilder(string name, ColumnSettings settings) : IRowBuilder
{
    private readonly TreeReader reader = new(name, settings);

    /// <inheritdoc/>
    public int Count => reader.Count;

    /// <summary>The value as the root of a tree; null where it is none. Without the kind Tree it needs children.</summary>
    public static ITreeNode? RootOf(object value, ColumnSettings settings) =>
        settings.Kind is not (null or ColumnKind.Tree) || TreeNodes.Of(value) is not { } node ? null
            : settings.Kind is ColumnKind.Tree
                || TreeNodes.List(node.Find(settings.Children ?? TreeNames.DefaultChildren)) is not null ? node : null;

    /// <summary>Adds a tree.</summary>
    /// <exception cref="Common.DlException">As <see cref="TreeReader.Add"/>.</exception>
    public void Add(ITreeNode root) => reader.Add(Count + 1, root);

    /// <inheritdoc cref="TreeReader.AddJson"/>
    public void AddJson(int row, string text) => reader.AddJson(row, text);

    /// <inheritdoc/>
    public void AddMissing() => reader.AddMissing();

    /// <summary>The column.</summary>
    public TreeColumn Build() => new(name, reader.ToStore(), reader.Names ?? new TreeNames(
        settings.Children ?? TreeNames.DefaultChildren, settings.Values ?? []));
}
