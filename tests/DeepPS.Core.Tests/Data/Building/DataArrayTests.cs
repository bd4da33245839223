using System.Collections;
using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataArrayTests
{
    private static Dictionary<string, object?> Row(params (string, object?)[] values) =>
        values.ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static Dataset Build(
        string? label, LabelKind? kind, Action<string>? log, params IEnumerable<Dictionary<string, object?>> rows)
    {
        var builder = new DatasetBuilder(log);
        foreach (var row in rows)
            builder.Add(row);
        return builder.Build("objects", label, kind);
    }

    private static Dataset Build(params IEnumerable<Dictionary<string, object?>> rows) => Build(null, null, null, rows);

    [Fact]
    public void ArraysOfNumbersKeepTheirShapeHoweverTheyAreMade()
    {
        object[] forms =
        [
            new[] { new[] { 1, 2 }, new[] { 3, 4 }, new[] { 5, 6 } }, new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } },
            new List<object> { new ArrayList { 1, "2" }, new[] { 3.0, 4 }, new object[] { 5L, 6f } },
        ];
        var column = Assert.IsType<TensorColumn>(Build(forms.Select(form => Row(("x", form)))).Columns[0]);
        Assert.Equal(new Shape(3, 2), column.Shape);
        Assert.Equal(Enumerable.Repeat(new float[] { 1, 2, 3, 4, 5, 6 }, 3).SelectMany(values => values),
            column.Values);
        var back = Assert.IsType<float[][]>(column[1]);
        Assert.Equal([[1, 2], [3, 4], [5, 6]], back);
        Assert.Equal(column.Values[..6], ((TensorColumn)Build(Row(("x", back))).Columns[0]).Values);
        Assert.Equal([3f, 4f], ((TensorColumn)column.Take([2, 0])).Values[8..10]);
    }

    [Fact]
    public void ArraysOfNamesAreTokens()
    {
        var column = Assert.IsType<TokenColumn>(
            Build(Row(("x", null)), Row(("x", new object?[] { "b", null, 1 })),
            Row(("x", new[] { "b", "c", "" }))).Columns[0]);
        Assert.Equal(new Shape(3), column.Shape);
        Assert.Equal(["b", "1", "c"], column.Levels);
        Assert.Equal([-1, -1, -1, 0, -1, 1, 0, 2, -1], column.Codes);
        Assert.Equal(1, column.Missing);
        Assert.Null(column[0]);
        Assert.Equal(new[] { "b", null, "1" }, column[1]);
    }

    [Theory]
    [InlineData("empty or uneven", new int[0], new[] { 1 })]
    [InlineData("single values in others", new[] { 1, 2 }, 5)]
    [InlineData("single values in others", 5, new[] { 1, 2 })]
    public void WhatIsNoArrayOfOneShapeIsLeftOutOrRefusedAsALabel(string says, object first, object second)
    {
        var log = new List<string>();
        var rows = new[] { Row(("x", 1), ("y", first)), Row(("x", 2), ("y", second)) };
        Assert.Equal(["x"], Build(null, null, log.Add, rows).Columns.Select(column => column.Name));
        Assert.Contains(log, line => line.Contains("'y'") && line.Contains(says));
        Assert.Contains(says, DataFiles.Fails("InvalidLabel", () => Build("y", null, null, rows)).Message);
        Assert.Contains(says, DataFiles.Fails("NoColumns", () => Build(Row(("y", first)), Row(("y", second)))).Message);
    }

    [Fact]
    public void ArraysOfDifferentLengthsArePadded()
    {
        var data = Build(Row(("x", new[] { 1.5, 2 }), ("w", new[] { "a" })),
            Row(("x", null), ("w", new[] { "b", "a" })),
            Row(("x", new[] { 3, 4, 5 }), ("w", new[] { "c", null, "a" })));
        var numbers = Assert.IsType<TensorColumn>(data.Columns[0]);
        Assert.Equal(new Shape(3), numbers.Shape);
        Assert.Equal([1.5f, 2, float.NaN, float.NaN, float.NaN, float.NaN, 3, 4, 5], numbers.Values);
        Assert.Equal(new float[] { 1.5f, 2 }, numbers[0]);
        Assert.True(numbers.IsMissing(1) && numbers.Missing == 1 && numbers[1] is null);
        var words = Assert.IsType<TokenColumn>(data.Columns[1]);
        Assert.Equal(new[] { "c", null, "a" }, words.Take([2, 0])[0]);
        Assert.Equal(new[] { "a" }, words.Take([2, 0])[1]);
        // Padding is NaN; a name that is missing or unknown within an array is 0.
        var plan = DataPlan.FromJson(DataPlan.Fit(data.Take([0, 2]))
            .For(["w"]).ToJson());
        Assert.True(plan.Inputs[0].IsPadded);
        Assert.Equal([1, float.NaN, float.NaN, 2, 0, 1],
            (float[])plan.Encode(data.Take([0, 2]), withLabel: false).Inputs[0].Values);
        Assert.Equal([0, 1, float.NaN], (float[])plan.Encode(plan.Rows([new Dictionary<string, object?>
        {
            ["w"] = new[] { "never", "a" },
        }]), withLabel: false).Inputs[0].Values);
        DataFiles.Fails("MissingNumber", () => DataPlan.Fit(data).For(["x"]).Encode(data, withLabel: false));
        Assert.Contains("of different shapes, 2 and then 1x1", DataFiles.Fails("NoColumns", () => Build(
            Row(("y", new[] { 1, 2 })), Row(("y", new[] { new[] { 1 } })))).Message);
    }

    [Fact]
    public void UnevenArraysWithinOneAreLeftOut()
    {
        foreach (object uneven in new object[] { new object[] { 1, new[] { 2 } }, new object[] { new[] { 1 }, 2 },
            new object[] { new[] { 1 }, new[] { 1, 2 } } })
            DataFiles.Fails("NoColumns", () => Build(Row(("x", uneven))));
    }

    [Fact]
    public void AnArrayAloneIsAnInputOfItsShapeAndBesideOthersInARow()
    {
        var alone = Build(Row(("x", new[] { 10, 20 })), Row(("x", new[] { 30, 50 })));
        var plan = DataPlan.Fit(alone);
        Assert.Equal(new Shape(2), plan.InputShape);
        Assert.Same(((TensorColumn)alone.Columns[0]).Values, plan.Encode(alone, false).Inputs[0].Values);
        var beside = Build(Row(("n", 1), ("x", new[] { 10, 20 }), ("w", new[] { "b", "a" })),
            Row(("n", 3), ("x", new[] { 30, 50 }), ("w", new[] { "c", null })));
        Assert.Equal([-1f, 10, 20, 2, 1, 1, 30, 50, 3, 0],
            (float[])DataPlan.Fit(beside).Encode(beside, false).Inputs[0].Values);
    }

    [Fact]
    public void TokensAreNumbersFromOneAndNewNamesAreZero()
    {
        var data = Build(Row(("w", new[] { "b", "a" })), Row(("w", new[] { "c", null })));
        var log = new List<string>();
        var plan = DataPlan.FromJson(DataPlan.Fit(data).ToJson());
        Assert.Equal([2f, 1, 3, 0], (float[])plan.Encode(data, false).Inputs[0].Values);
        Assert.Equal([0f, 1], (float[])plan.Encode(plan.Rows([Row(("w", new[] { "x", "a" }))]), false, log.Add).Inputs[
            0].Values);
        Assert.Contains("1 values", Assert.Single(log));
    }

    [Fact]
    public void RowsOfObjectsWantTheShapeOfTraining()
    {
        var plan = DataPlan.Fit(Build(Row(("x", new[] { 1, 2 }))));
        Assert.Null(plan.Check(Row(("X", new[] { "1", "2" }))));
        foreach (var wrong in new object?[] { new[] { 1 }, new[] { 1, 2, 3 }, new[] { new[] { 1, 2 } }, 5, null, "1, 2",
            Array.Empty<int>() })
            Assert.Contains("'x' should hold arrays of 2",
                AssertId("WrongArrayShape", plan.Check(Row(("x", wrong)))).Message);
        Assert.Contains("row 2", DataFiles.Fails(
            "MissingNumber", () =>
            plan.Encode(Build(Row(("x", new[] { 1, 2 })), Row(("x", new object?[] { 1, null }))), false)).Message);
        DataFiles.Fails("WrongColumnKind", () => plan.Encode(Build(Row(("x", new[] { "a", "b" }))), false));
    }

    [Fact]
    public void ALabelOfNumbersIsStandardisedAsAWhole()
    {
        var data = Build("y", null, null, Row(("x", 1), ("y", new[] { 0.5, 1.5 })),
            Row(("x", 2), ("y", new object?[] { 1, null })), Row(("x", 3), ("y", new[] { 2.5, 3.5 })));
        var plan = DataPlan.FromJson(DataPlan.Fit(data).ToJson());
        Assert.Equal((LabelKind.Number, new Shape(2), 2.0), (plan.Label!.Kind, plan.Label.Shape, plan.Label.Mean));
        var encoded = plan.Encode(data, true);
        Assert.Equal((2, 1, new Shape(2)), (encoded.Count, encoded.Dropped, encoded.TargetShape));
        var scale = Math.Sqrt(1.25);
        Assert.Equal(new[] { -1.5, -0.5, 0.5, 1.5 }.Select(value => (float)(value / scale)), (float[])encoded.Targets!);
    }

    [Fact]
    public void ALabelMayBeAClassAtEachPlace()
    {
        var names = Build("y", null, null, Row(("x", 1), ("y", new[] { "b", "a" })),
            Row(("x", 2), ("y", new[] { "b", null })), Row(("x", 3), ("y", null)));
        var plan = DataPlan.FromJson(DataPlan.Fit(names).ToJson());
        Assert.Equal((LabelKind.Class, new Shape(2)), (plan.Label!.Kind, plan.Label.Shape));
        Assert.Equal(["a", "b"], plan.Label.Classes);
        Assert.Equal([1L, 0, 1, -1], (long[])plan.Encode(names, true).Targets!);
        Assert.Equal(1, plan.Encode(names, true).Dropped);

        var rows = Enumerable.Range(0, 30).Select(i => Row(("x", i), ("y", new[] { i % 3, (i + 1) % 3 }))).ToArray();
        Assert.IsType<TokenColumn>(Build("y", null, null, rows).Label);
        Assert.IsType<TensorColumn>(Build("y", LabelKind.Number, null, rows).Label);
        Assert.IsType<TensorColumn>(Build("y", null, null, rows.Take(3)).Label);
        Assert.Equal(["0", "1", "2"], ((TokenColumn)Build("y", LabelKind.Class, null, rows.Take(3)).Label!).Levels);
        DataFiles.Fails("NotANumber", () => Build(
            "y", LabelKind.Number, null, Row(("x", 1), ("y", new[] { "b", "a" }))));
        // New data with texts that are the numbers of the classes.
        var classes = DataPlan.Fit(Build("y", null, null, rows));
        Assert.Equal([2L, 0], (long[])classes.Encode(
            Build("y", LabelKind.Number, null, Row(("x", 9), ("y", new[] { 2, 0 }))), true).Targets!);
        DataFiles.Fails("UnknownClass", () => classes.Encode(
            Build("y", null, null, Row(("x", 9), ("y", new[] { 2, 7 }))), true));
        DataFiles.Fails("WrongArrayShape", () =>
            classes.Encode(Build("y", null, null, Row(("x", 9), ("y", new[] { 2, 1, 0 }))), true));
    }

    [Fact]
    public void ColumnsMayBeInputsOfTheirOwn()
    {
        var data = new Dataset("set",
            [
                new NumberColumn("n", [1, 3]), new ImageColumn("picture", [1, 2, 3, 4], new Shape(1, 1, 2)),
                new TensorColumn("curve", [1, 2, 3, 4, 5, 6], new Shape(3)), new NumberColumn("m", [0, 4]),
                    new NumberColumn("same", [1, 1]),
            ]);
        var plan = DataPlan.FromJson(DataPlan.Fit(data).For(["Curve", "input", "picture"]).ToJson());
        Assert.Equal([new NetworkInput("curve", new Shape(3)), new NetworkInput("input", new Shape(2)),
            new NetworkInput("picture", new Shape(1, 1, 2))], plan.Inputs);
        var inputs = plan.Encode(data, false).Inputs;
        Assert.Equal([1f, 2, 3, 4, 5, 6], (float[])inputs[0].Values);
        Assert.Equal([-1f, -1, 1, 1], (float[])inputs[1].Values);
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, inputs[2].Values);
        Assert.Equal([new Shape(1)], DataPlan.Fit(data).For(["n"]).Inputs.Select(input => input.Shape));
        Assert.Contains("1 in every row", DataFiles.Fails(
            "UnknownInput", () => _ = DataPlan.Fit(data).For(["same"]).Inputs).Message);
        Assert.Contains("n, picture, curve, m", DataFiles.Fails(
            "UnknownInput", () => _ = DataPlan.Fit(data).For(["curv"]).Inputs).Message);
        Assert.DoesNotContain("->", DataPlan.Fit(data).ToString());
    }

    [Fact]
    public void WeightsAreNoInputAndOfEachRow()
    {
        var data = new Dataset("set", [new NumberColumn("x", [1, 2, 3]),
            new CategoryColumn("W", [0, 1, 0], ["2", "0.5"]), new NumberColumn("y", [1, double.NaN, 3])], "y", "w");
        var plan = DataPlan.Fit(data);
        Assert.Equal([ColumnRole.Input, ColumnRole.Weight, ColumnRole.Label],
            plan.Columns.Select(column => column.Role));
        Assert.Equal([2f, 2f], plan.Encode(data, true).Weights!);
        Assert.Null(plan.Encode(data, false).Weights);
        Assert.Equal([0.5, 2], data.Take([1, 0]).Weight!.Values);
        Column[] Columns(params double[] weights) => [new NumberColumn("x", [1, 2]), new NumberColumn("w", weights)];
        DataFiles.Fails("WeightNotFound", () => _ = new Dataset("set", Columns(1, 1), null, "v"));
        DataFiles.Fails("InvalidWeight", () => _ = new Dataset("set", Columns(1, 1), "w", "w"));
        Assert.Contains("row 2 has -1", DataFiles.Fails(
            "InvalidWeight", () => _ = new Dataset("set", Columns(1, -1), null, "w")).Message);
        Assert.Contains("row 1 has none", DataFiles.Fails(
            "InvalidWeight", () => _ = new Dataset("set", Columns(double.NaN, 1), null, "w")).Message);
    }

    /// <summary>A plan of version 1, before labels had shapes and networks several inputs.</summary>
    [Fact]
    public void PlansOfVersion1AreRead()
    {
        const string Number = """
            {"version":1,"columns":[
                {"name":"x","role":"Input","description":"d","reason":null,
                    "encoder":{"type":"Number","mean":1,"scale":2,"marksMissing":false}},
            {"name":"y","role":"Label","description":"d","reason":null,"encoder":null}],
            "label":{"name":"y","kind":"Number","classes":[],"mean":3,"scale":4}}
            """;
        var plan = DataPlan.FromJson(JsonNode.Parse(Number)!);
        Assert.Equal((new Shape(1), new Shape(1), 3.0, 4.0),
            (plan.InputShape, plan.Label!.Shape, plan.Label.Mean, plan.Label.Scale));
        Assert.Equal("input", Assert.Single(plan.Inputs).Name);
        var classes = Number.Replace("\"Number\",\"classes\":[]", "\"Class\",\"classes\":[\"a\",\"b\"]");
        Assert.Equal(new Shape(), DataPlan.FromJson(JsonNode.Parse(classes)!).Label!.Shape);
    }

    private static DlException AssertId(string id, DlException? error)
    {
        Assert.Equal(id, error?.Id);
        return error!;
    }
}
