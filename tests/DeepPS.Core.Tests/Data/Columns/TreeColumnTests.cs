using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Columns of trees: nested objects and JSON become flat arrays, level by level.</summary>
public sealed class TreeColumnTests
{
    private static readonly Dictionary<string, object?> Small = Node(5);

    private static readonly Dictionary<string, object?> Large = Node(1, Node(2, Node(4)), Node(3, Node(6), Node(7)));

    private static Dictionary<string, object?> Node(double e, params object?[] children) =>
        new() { ["E"] = e, ["Children"] = children };

    private static Dataset Of(ColumnSettings? settings, params object?[] trees)
    {
        var builder = new DatasetBuilder(null, settings is null ? null
            : new Dictionary<string, ColumnSettings> { ["Tree"] = settings });
        foreach (var (row, tree) in trees.Index())
            builder.Add(new Dictionary<string, object?> { ["Tree"] = tree, ["Y"] = row % 2 == 0 ? "a" : "b" });
        return builder.Build("trees", "Y");
    }

    private static float[] Encoded(DataPlan plan, Dataset data) =>
        (float[])plan.Encode(data, withLabel: false).Inputs[0].Values;

    [Fact]
    public void NodesAreInTheOrderOfTheirLevelsAndPadded()
    {
        var data = Of(new ColumnSettings { Scaling = Scaling.None }, Small, Large);
        Assert.Equal("Tree", data.Columns[0].Kind);
        var plan = DataPlan.FromJson(JsonNode.Parse(DataPlan.Fit(data).ToJson().ToJsonString())!);
        Assert.Equal(new Shape(6, 4), plan.Inputs[0].Shape);
        Assert.Equal(new Shape(6, 1), plan.Inputs[0].Seen);
        Assert.True(plan.Inputs[0] is { IsTree: true, IsPadded: true });
        float[] expected =
        [
            5, -1, 0, 0, .. Enumerable.Repeat(float.NaN, 20),
            1, -1, 0, 0, 2, 0, 0, 1, 3, 0, 1, 1, 4, 1, 0, 2, 6, 2, 0, 2, 7, 2, 1, 2,
        ];
        Assert.Equal(expected, Encoded(plan, data));
        Assert.Equal(expected[24..], Encoded(plan, data.Take([1])));
        Assert.Equal(expected, Encoded(plan, plan.Rows(Enumerable.Range(0, 2)
            .Select(row => new Dictionary<string, object?> { ["tree"] = data.Columns[0][row] }).ToArray())));
    }

    [Fact]
    public void ObjectsTextsAndFilesGiveTheSameTrees()
    {
        var objects = Of(null, Small, Large);
        var texts = Enumerable.Range(0, 2).Select(row => objects.Columns[0][row]!.ToString()!).ToArray();
        Assert.Equal("""{"E":5,"Children":[]}""", texts[0]);
        using var files = new DataFiles();
        var lines = texts.Select((text, row) => $"\"{text.Replace("\"", "\"\"")}\",{"ab"[row]}").Prepend("Tree,Y");
        var file = CsvReader.Read(files.Write("t.csv", string.Join('\n', lines)), new CsvOptions { Label = "Y" });
        var plan = DataPlan.Fit(objects);
        foreach (var same in new[] { Of(null, [.. texts]), Of(new() { Kind = ColumnKind.Tree }, [.. texts]), file })
        {
            Assert.IsType<TreeColumn>(same.Columns[0]);
            Assert.Equal(Encoded(plan, objects), Encoded(DataPlan.Fit(same), same));
            Assert.Null(DataFingerprint.Difference(DataFingerprint.Of(objects, null), DataFingerprint.Of(same, null)));
        }

        Assert.NotNull(DataFingerprint.Difference(DataFingerprint.Of(objects, null),
            DataFingerprint.Of(Of(null, Small, Node(1, Node(2), Node(3, Node(4), Node(6), Node(7)))), null)));
    }

    [Fact]
    public void AnyPropertiesMayHoldChildrenAndNumbers()
    {
        var settings = new ColumnSettings { Kind = ColumnKind.Tree, Children = "Parts", Values = ["Mass", "Size"] };
        var data = Of(settings, new Part(2, 3, "root", [new(4, 5, "leaf", []), new(8, 9, "leaf", [])]));
        Assert.Equal(["Mass", "Size"], ((TreeColumn)data.Columns[0]).Values);
        Assert.Equal("""{"Mass":2,"Size":3,"Parts":[{"Mass":4,"Size":5},{"Mass":8,"Size":9}]}""",
            data.Columns[0][0]!.ToString());
        // Without names: the numbers of the first root.
        var chosen = Of(new() { Kind = ColumnKind.Tree, Children = "Parts" }, new Part(2, 3, "root", []));
        Assert.Equal(["Mass", "Size"], ((TreeColumn)chosen.Columns[0]).Values);
        Assert.Equal("InvalidColumnSetting", Assert.Throws<DlException>(
            () => DataPlan.Fit(Of(new() { Children = "X" }, 1.5, 2.5))).Id);
    }

    [Fact]
    public void NumbersAreScaledByTrainingNodesAlone()
    {
        var data = Of(null, Small, Large, Node(1000));
        var plan = DataPlan.Fit(data.Take([0, 1]));
        var values = new[] { 5.0, 1, 2, 3, 4, 6, 7 };
        var (mean, scale) = (values.Average(), Math.Sqrt(values.Average(x => x * x) - Math.Pow(values.Average(), 2)));
        Assert.Equal((5 - mean) / scale, Encoded(plan, data)[0], 5);
        Assert.Equal((1000 - mean) / scale, Encoded(plan, data)[48], 2);
    }

    [Fact]
    public void ErrorsNameRowAndNode()
    {
        var circle = Node(1, Node(2), Node(3));
        ((Dictionary<string, object?>)((object?[])circle["Children"]!)[1]!)["Children"] = new object?[] { circle };
        var deep = Node(0);
        for (var i = 0; i < 1000; i++)
            deep = Node(i, deep);
        var wide = Node(0, [.. Enumerable.Repeat(Node(1), 100_000)]);
        Fails("TreeCycle", circle, "row 2", "node Children[1]", "as child 0 the node root");
        Fails("TreeTooDeep", deep, "row 2", "1,000");
        Fails("TreeTooLarge", wide, "row 2", "100,000");
        Fails("NodeValueMissing", Node(1, Node(2), new Dictionary<string, object?> { ["M"] = 1 }), "row 2",
            "node Children[1] must have a number in 'E'", "Its properties: M");
        Fails("NodeValueMissing", Node(1, Node(double.NaN)), "row 2", "Children[0]");
        Fails("NodeValueMissing", Node(1, new Dictionary<string, object?> { ["E"] = "heavy" }), "'heavy'");
        Fails("NotATree", Node(1, "leaf"), "row 2", "node root", "'leaf' as child 0");
        Fails("NotATree", new Dictionary<string, object?> { ["E"] = 1, ["Children"] = "x" }, "row 2", "list of nodes");
        Fails("NotATree", "{\"E\": 1, \"Children\": [", "row 2", "not a tree");
        Fails("NotATree", "[1]", "row 2");
        Fails("NotATree", 3.5, "row 2", "'3.5'");
        Fails("NotATree", new[] { 1, 2 }, "row 2");

        static void Fails(string id, object tree, params string[] says)
        {
            object first = tree is string ? "{\"E\": 2}" : Small;
            var e = Assert.Throws<DlException>(() => Of(new() { Kind = ColumnKind.Tree }, first, tree));
            Assert.Equal(id, e.Id);
            Assert.All(says, words => Assert.Contains(words, e.Message, StringComparison.Ordinal));
        }
    }

    /// <summary>The same object in two places is two nodes.</summary>
    [Fact]
    public void ASharedNodeIsNoCycle()
    {
        var leaf = Node(2);
        Assert.Equal("""{"E":1,"Children":[{"E":2},{"E":2}]}""",
            Of(null, Node(1, leaf, leaf)).Columns[0][0]!.ToString());
    }

    [Fact]
    public void MissingAndTooLargeTreesAreRefusedWithARemedy()
    {
        var plan = DataPlan.Fit(Of(null, Small, Node(1, Node(2))));
        var large = Assert.Throws<DlException>(() => Encoded(plan, Of(null, Small, Large)));
        Assert.Equal("TreeTooLarge", large.Id);
        Assert.Contains("Length = 6", large.Message, StringComparison.Ordinal);
        var roomy = Of(new() { Length = 6 }, Small, Node(1, Node(2)));
        Assert.Equal(12 * 4, Encoded(DataPlan.Fit(roomy), Of(null, Small, Large)).Length);
        var lacking = Of(null, Small, null, Large);
        Assert.Equal(1, lacking.Columns[0].Missing);
        Assert.Equal("MissingTree", Assert.Throws<DlException>(() => DataPlan.Fit(lacking)).Id);
        var dropping = Of(new() { Missing = MissingRule.Drop }, Small, null, Large);
        Assert.Equal(2, DataPlan.Fit(dropping).Encode(dropping, withLabel: true).Count);
        Assert.Equal("TreeWithColumns", Assert.Throws<DlException>(() => DataPlan.Fit(new Dataset("both",
            [.. roomy.Columns, new NumberColumn("X", [1, 2])], "Y")).Inputs).Id);
        Assert.Equal("NotATree", Assert.Throws<DlException>(
            () => plan.Rows([new Dictionary<string, object?> { ["Tree"] = 3 }])).Id);
        Assert.Equal("InvalidLabel", Assert.Throws<DlException>(() => new DatasetBuilder().With(Small)).Id);
    }

    private sealed record Part(double Mass, int Size, string Name, IReadOnlyList<Part> Parts);
}

/// <summary>Builds with a tree as the label.</summary>
internal static class TreeLabel
{
    public static Dataset With(this DatasetBuilder builder, object tree)
    {
        builder.Add(new Dictionary<string, object?> { ["X"] = 1.0, ["Tree"] = tree });
        return builder.Build("trees", "Tree");
    }
}
