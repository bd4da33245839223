using System.Text.Json;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads nested objects, or JSON, into flat arrays of trees, level by level.</summary>
/// <param name="column">The column's name, for errors.</param>
/// <param name="settings">The names of a node's properties; those of the first node where they are not set.</param>
internal sealed class TreeReader(string column, ColumnSettings settings)
{
    /// <summary>The most levels and nodes of a tree.</summary>
    public const int MostLevels = 1000, MostNodes = 100_000;

    /// <summary>A node and its list of children are a level each.</summary>
    public const int MostJsonDepth = 2 * MostLevels + 4;

    private readonly List<int> starts = [0];
    private readonly List<int> parents = [];
    private readonly List<float> values = [];

    /// <summary>The names of a node's properties; null before the first tree.</summary>
    public TreeNames? Names { get; private set; }

    /// <summary>The number of trees, also missing ones.</summary>
    public int Count => starts.Count - 1;

    /// <summary>Adds a missing tree.</summary>
    public void AddMissing() => starts.Add(parents.Count);

    /// <summary>Adds a tree in JSON.</summary>
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="text">The JSON of its root.</param>
    /// <exception cref="DlException">As <see cref="Add"/>, and <c>NotATree</c>.</exception>
    public void AddJson(int row, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostJsonDepth });
            Add(row, TreeNodes.Of(document.RootElement) ?? throw NotATree(row, text));
        }
        catch (JsonException e)
        {
            throw NotATree(row, text, e);
        }
    }

    /// <summary>Adds a tree.</summary>
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="root">The root.</param>
    /// <exception cref="DlException"><c>TreeCycle</c>, <c>TreeTooDeep</c>, <c>TreeTooLarge</c>,
    /// <c>NodeValueMissing</c>, <c>NotATree</c>: the error names the row and the node.</exception>
    public void Add(int row, ITreeNode root)
    {
        Names ??= TreeNames.Of(settings, root);
        var tree = new List<Place> { new(root, -1, 0, 0) };
        try
        {
            for (var at = 0; at < tree.Count; at++)
            {
                AddValues(row, tree, at);
                AddChildren(row, tree, at);
            }
        }
        catch
        {
            parents.RemoveRange(starts[^1], parents.Count - starts[^1]);
            values.RemoveRange(starts[^1] * Names.Values.Count, values.Count - starts[^1] * Names.Values.Count);
            throw;
        }

        starts.Add(parents.Count);
    }

    /// <summary>The trees read so far.</summary>
    public TreeStore ToStore() =>
        new(starts.ToArray(), parents.ToArray(), values.ToArray(), Names?.Values.Count ?? 1);

    private void AddValues(int row, List<Place> tree, int at)
    {
        if (Names!.Values.Count == 0)
            throw new DlException("NodeValueMissing", DlErrorKind.InvalidData,
                $"Column '{column}', row {row:N0}: the root has no number. A node of a tree needs numbers; name its "
                + $"properties: -Column @{{ '{column}' = @{{ Kind = 'Tree'; Values = 'E', 'Eta' }} }}.", column);
        foreach (var name in Names.Values)
        {
            var value = tree[at].Node.Find(name);
            if (!RawValue.TryNumber(value, out var number) || double.IsNaN(number))
                throw new DlException("NodeValueMissing", DlErrorKind.InvalidData,
                    $"Column '{column}', row {row:N0}: node {PathOf(tree, at)} must have a number in '{name}'; it has "
                    + (value is null ? "none" : $"'{value}'") + $". Its properties: "
                    + $"{string.Join(", ", tree[at].Node.Names)}. Fill it, or choose others: -Column "
                    + $"@{{ '{column}' = @{{ Kind = 'Tree'; Values = ... }} }}.", column);
            values.Add((float)number);
        }

        parents.Add(tree[at].Parent);
    }

    private void AddChildren(int row, List<Place> tree, int at)
    {
        if (tree[at].Node.Find(Names!.Children) is not { } given)
            return;
        // PowerShell makes a single child of a list of one.
        var list = TreeNodes.List(given) ?? (TreeNodes.Of(given) is not null ? new[] { given }
            : throw Wrong("NotATree", $"has '{given}' in '{Names.Children}', which must be a list of nodes"));
        var slot = 0;
        foreach (var item in list)
        {
            var node = TreeNodes.Of(item)
                ?? throw Wrong("NotATree", $"has '{item ?? "nothing"}' as child {slot}, which must be a node");
            for (var above = at; above >= 0; above = tree[above].Parent)
                if (ReferenceEquals(tree[above].Node.Identity, node.Identity))
                    throw Wrong("TreeCycle", $"has as child {slot} the node {PathOf(tree, above)}, which is above it, "
                        + "so the tree has a cycle. Remove the child");
            tree.Add(new Place(node, at, slot++, tree[at].Level + 1));
            if (tree[^1].Level >= MostLevels)
                throw Wrong("TreeTooDeep", $"is on level {MostLevels:N0}, and trees have at most as many levels. "
                    + "Cut the tree");
            if (tree.Count > MostNodes)
                throw Wrong("TreeTooLarge", $"is one of more than {MostNodes:N0} nodes of its tree. Cut the tree");
        }

        DlException Wrong(string id, string what) => new(id, DlErrorKind.InvalidData,
            $"Column '{column}', row {row:N0}: node {PathOf(tree, at)} {what}.", column);
    }

    /// <summary>Where a node is: <c>root</c>, or <c>Children[0].Children[2]</c>; the middle of a long path is left
    /// out.</summary>
    private string PathOf(List<Place> tree, int at)
    {
        var steps = new List<string>();
        for (; at > 0; at = tree[at].Parent)
            steps.Insert(0, $"{Names!.Children}[{tree[at].Slot}]");
        return steps.Count == 0 ? "root" : steps.Count <= 8 ? string.Join('.', steps)
            : $"{string.Join('.', steps.Take(2))}...{string.Join('.', steps.TakeLast(2))}";
    }

    private DlException NotATree(int row, string text, Exception? inner = null) => new("NotATree",
        DlErrorKind.InvalidData, $"Column '{column}', row {row:N0}: '{(text.Length > 60 ? text[..60] + "..." : text)}' "
        + "is not a tree: an object with numbers and children, or its JSON, such as "
        + "{\"E\": 2, \"Children\": [{\"E\": 1}]}. "
        + $"Use -Column @{{ '{column}' = 'Ignore' }} to leave the column out.", column, inner);

    private sealed record Place(ITreeNode Node, int Parent, int Slot, int Level);
}
