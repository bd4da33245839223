using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Trees as nodes x numbers, padded with NaN: the numbers of a node, scaled, then its parent's place, its place among
/// the parent's children, and its level. Nodes are in the order of their levels.
/// </summary>
[EncoderType("Tree")]
internal sealed class TreeEncoder : ColumnEncoder, IWholeEncoder, IEncoderType<TreeEncoder>
{
    private readonly TreeNames names;
    private readonly NumberScale[] scales;
    private readonly int mostNodes;

    private TreeEncoder(TreeNames names, NumberScale[] scales, int mostNodes)
    {
        (this.names, this.scales, this.mostNodes) = (names, scales, mostNodes);
    }

    public Shape Shape => new(mostNodes, scales.Length + NetworkInput.TreeNumbers);

    public bool IsPadded => true;

    public bool IsTree => true;

    public override string Description => $"trees of up to {mostNodes:N0} nodes: "
        + string.Join("; ", names.Values.Zip(scales, (name, scale) => $"{name} {scale.Description}"));

    /// <summary>The settings by which a column of text is read as these trees.</summary>
    public ColumnSettings Settings =>
        new() { Kind = ColumnKind.Tree, Children = names.Children, Values = names.Values.ToArray() };

    /// <summary>Fits the scale of each number to the nodes of training trees.</summary>
    /// <exception cref="DlException"><c>NumberTooLarge</c>; <c>TreeTooLarge</c>: a tree has more nodes than the Length
    /// of its settings.</exception>
    public static TreeEncoder Fit(TreeColumn column)
    {
        var (trees, kind) = (column.Trees, column.Settings.Scaling ?? Scaling.Standard);
        var scales = Enumerable.Range(0, trees.Width).Select(place => NumberScale.Fit(kind,
            Enumerable.Range(0, trees.Parents.Length).Select(node => (double)trees.Values[node * trees.Width + place])
                .ToArray())).ToArray();
        var encoder = new TreeEncoder(column.Names, scales, column.Settings.Length ?? column.MostNodes);
        encoder.CheckSizes(column);
        return encoder;
    }

    public static TreeEncoder From(JsonObject json)
    {
        var names = new TreeNames((string)json["children"]!,
            json["values"]!.AsArray().Select(name => (string)name!).ToArray());
        var scales = json["scales"]!.AsArray().Select(scale => new NumberScale(
            Enum.Parse<Scaling>((string)scale!["kind"]!), (double)scale["center"]!, (double)scale["size"]!)).ToArray();
        var mostNodes = (int)json["nodes"]!;
        return scales.Length == names.Values.Count && mostNodes is > 0 and <= TreeReader.MostNodes
            ? new TreeEncoder(names, scales, mostNodes)
            : throw new FormatException($"{names.Values.Count} names of numbers, {scales.Length} scales and "
                + $"{mostNodes} nodes");
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["nodes"] = mostNodes,
        ["children"] = names.Children,
        ["values"] = new JsonArray(names.Values.Select(name => (JsonNode)name).ToArray()),
        ["scales"] = new JsonArray(scales.Select(JsonNode (scale) => new JsonObject
        {
            ["kind"] = scale.Kind.ToString(),
            ["center"] = scale.Center,
            ["size"] = scale.Size,
        }).ToArray()),
    };

    public override Column Read(string name, IReadOnlyList<object?> values)
    {
        var builder = new TreeBuilder(name, Settings);
        foreach (var value in values)
            if (value is null or DBNull)
                builder.AddMissing();
            else
                builder.Add(value);
        return builder.Build();
    }

    public Array Encode(Column column, out int unknown)
    {
        unknown = 0;
        if (column is not TreeColumn source || !source.Values.SequenceEqual(names.Values))
            throw ColumnValues.WrongKind(column, $"trees with {string.Join(", ", names.Values)}");
        CheckSizes(source);
        var (width, trees) = ((int)Shape[1], source.Trees);
        if ((long)column.Count * Shape.Size > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{column.Count:N0} trees of up to {mostNodes:N0} nodes are more than one array holds "
                + $"({Array.MaxLength:N0} numbers). Use fewer rows, or smaller trees.", column.Name);
        var encoded = new float[column.Count * Shape.Size];
        encoded.AsSpan().Fill(float.NaN);
        for (var row = 0; row < column.Count; row++)
        {
            var values = trees.ValuesOf(row);
            var parents = trees.ParentsOf(row);
            var (levels, slots) = trees.Layout(row);
            for (var (node, at) = (0, row * (int)Shape.Size); node < parents.Length; node++, at += width)
            {
                for (var i = 0; i < scales.Length; i++)
                    encoded[at + i] = scales[i].Of(values[node * scales.Length + i]);
                encoded[at + scales.Length] = parents[node];
                encoded[at + scales.Length + 1] = slots[node];
                encoded[at + scales.Length + 2] = levels[node];
            }
        }

        return encoded;
    }

    private void CheckSizes(TreeColumn column)
    {
        for (var row = 0; row < column.Count; row++)
            if (column.Trees.SizeOf(row) is var size && size > mostNodes)
                throw new DlException("TreeTooLarge", DlErrorKind.InvalidData,
                    $"Trees of '{column.Name}' should have at most {mostNodes:N0} nodes, as the training data; the one "
                    + $"of row {row + 1:N0} has {size:N0}. Train with room for more: -Column @{{ '{column.Name}' = "
                    + $"@{{ Length = {size} }} }}.", column.Name);
            else if (size == 0)
                throw new DlException("MissingTree", DlErrorKind.InvalidData,
                    $"Column '{column.Name}' must have a tree in every row; row {row + 1:N0} has none. Leave such rows "
                    + $"out: -Column @{{ '{column.Name}' = @{{ Missing = 'Drop' }} }}.", column.Name);
    }
}
