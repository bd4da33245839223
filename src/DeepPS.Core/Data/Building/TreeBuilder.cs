namespace DeepPS.Data;

/// <summary>Collects a column of trees: objects with children, or their JSON.</summary>
internal sealed class TreeBuilder(string name, ColumnSettings settings) : IRowBuilder
{
    private readonly TreeReader reader = new(name, settings);

    /// <inheritdoc/>
    public int Count => reader.Count;

    /// <summary>Whether a value is a node with a list of children, so that its column holds trees unless the user set
    /// another kind.</summary>
    public static bool HasChildren(object value, ColumnSettings settings) =>
        settings.Kind is null && TreeNodes.Of(value) is { } node
        && TreeNodes.List(node.Find(settings.Children ?? TreeNames.DefaultChildren)) is not null;

    /// <summary>Adds a tree: its root, its JSON, or a text that means a missing value.</summary>
    /// <exception cref="Common.DlException">As <see cref="TreeReader.AddJson"/>.</exception>
    public void Add(object value)
    {
        if (value is string missing && MissingValue.Is(missing))
            AddMissing();
        else if (TreeNodes.Of(value) is { } root)
            reader.Add(Count + 1, root);
        else
            reader.AddJson(Count + 1, value as string ?? RawValue.ToText(value) ?? $"{value}");
    }

    /// <inheritdoc cref="TreeReader.AddJson"/>
    public void AddJson(int row, string text) => reader.AddJson(row, text);

    /// <inheritdoc/>
    public void AddMissing() => reader.AddMissing();

    /// <summary>The column.</summary>
    public TreeColumn Build() => new(name, reader.ToStore(), reader.Names ?? new TreeNames(
        settings.Children ?? TreeNames.DefaultChildren, settings.Values ?? []));
}
