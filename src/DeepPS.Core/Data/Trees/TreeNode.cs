using System.Collections.Specialized;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepPS.Data;

/// <summary>A node of a tree as an object: its numbers and its children by name. As text it is JSON, which a CSV file
/// can hold.</summary>
public sealed class TreeNode : OrderedDictionary
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = TreeReader.MostJsonDepth,
    };

    private TreeNode()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>A tree of a store as nested nodes.</summary>
    internal static TreeNode Of(TreeStore trees, int row, TreeNames names)
    {
        var parents = trees.ParentsOf(row);
        var values = trees.ValuesOf(row);
        var nodes = new TreeNode[parents.Length];
        var children = new List<TreeNode>[parents.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = [];
            for (var k = 0; k < trees.Width; k++)
                nodes[i][names.Values[k]] = (double)values[i * trees.Width + k];
            if (i > 0)
                (children[parents[i]] ??= []).Add(nodes[i]);
        }

        for (var i = 0; i < nodes.Length; i++)
            if (i == 0 || children[i] is not null)
                nodes[i][names.Children] = children[i]?.ToArray() ?? [];
        return nodes[0];
    }

    /// <summary>The tree as JSON on one line.</summary>
    public override string ToString() => Json().ToJsonString(Plain);

    private JsonObject Json()
    {
        var json = new JsonObject();
        foreach (string name in Keys)
            json[name] = this[name] is TreeNode[] children
                ? new JsonArray(children.Select(JsonNode (child) => child.Json()).ToArray())
                : (JsonNode)(float)(double)this[name]!;
        return json;
    }
}
