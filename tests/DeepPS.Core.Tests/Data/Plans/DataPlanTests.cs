using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataPlanTests
{
    private static readonly double[] Sizes = [1, 2, double.NaN, 4, 5];

    private static Dataset Sample() => new("sample",
        [
            new NumberColumn("size", Sizes), new NumberColumn("plain", [3, 1, 3, 1, 2]),
            new CategoryColumn("color", [1, 0, 1, -1, 0], ["red", "blue", "unused"]),
                new CategoryColumn("y", [0, 1, 0, 1, 2], ["10", "9", "8"]),
        ], "y");

    private static Dictionary<string, object?> Row(params (string, object?)[] values) =>
        values.ToDictionary(pair => pair.Item1, pair => pair.Item2);

    [Fact]
    public void EncodesColumnByColumn()
    {
        var plan = DataPlan.Fit(Sample());
        Assert.Equal(new Shape(5), plan.InputShape);
        Assert.Equal(["8", "9", "10"], plan.Label!.Classes);
        var encoded = plan.Encode(Sample(), withLabel: true);
        Assert.Equal([2, 1, 2, 1, 0], Assert.IsType<long[]>(encoded.Targets));
        var inputs = Assert.IsType<float[]>(encoded.Inputs[0].Values);
        var scale = Math.Sqrt(2.5);
        Assert.Equal([(float)(-2 / scale), 0, (float)(1 / Math.Sqrt(0.8)), 1, 0], inputs[..5]);
        Assert.Equal([0, 1, (float)(1 / Math.Sqrt(0.8)), 1, 0], inputs[10..15]);
        Assert.Equal([0f, 0f], inputs[18..20]);
    }

    [Fact]
    public void LeavesOutWhatSaysNothing()
    {
        const int Count = 100;
        double[] Numbers(Func<int, double> value) => Enumerable.Range(0, Count).Select(value).ToArray();
        CategoryColumn Names(string name, int levels) =>
            new(name, Enumerable.Range(0, Count).Select(i => i % levels).ToArray(),
            Enumerable.Range(0, levels).Select(i => $"v{i}").ToArray());
        var plan = DataPlan.Fit(new Dataset("set",
            [
                new NumberColumn("constant", Numbers(_ => 7)), new NumberColumn("empty", Numbers(_ => double.NaN)),
                new NumberColumn("CustomerId", Numbers(i => 3 * i)),
                    new NumberColumn("Sample Number", Numbers(i => i % 50)),
                new NumberColumn("width", Numbers(i => i)), Names("one", 1), Names("few", 20),
                    Names("servers", 21), Names("free", 95), Names("Id", 60),
                new NumberColumn("index", Numbers(i => i + 0.5)),
            ]));
        Assert.Equal(["Sample Number", "width", "few", "servers", "index"],
            plan.Columns.Where(c => c.Role is ColumnRole.Input).Select(c => c.Name));
        Assert.Contains("7 in every row", plan.Columns[0].Reason);
        Assert.Contains("no values", plan.Columns[1].Reason);
        Assert.Contains("numbers the rows", plan.Columns[2].Reason);
        Assert.Contains("'v0' in every row", plan.Columns[5].Reason);
        Assert.Contains("95 different values in 100 rows", plan.Columns[8].Reason);
        Assert.Contains("60 different values in 100 rows", plan.Columns[9].Reason);
        Assert.All(plan.Columns, column => Assert.Equal(column.Role is ColumnRole.LeftOut, column.Encoder is null));
    }

    [Fact]
    public void WhatIsLeftOutIsOneWarning()
    {
        var warnings = new List<string>();
        var data = new Dataset("set", [new NumberColumn("constant", [7, 7, 7]), new NumberColumn("x", [1, 2, 4]),
            new NumberColumn("empty", [double.NaN, double.NaN, double.NaN]),
            new NumberColumn("mine", [1, 1, 1]).With(new() { Kind = ColumnKind.Ignore })]);
        DataPlan.Fit(data, null, warnings.Add);
        var warning = Assert.Single(warnings);
        Assert.StartsWith("2 columns of 'set' are left out: 'constant': it is 7 in every row; 'empty': ", warning);
        Assert.DoesNotContain("mine", warning);
        warnings.Clear();
        Assert.Equal(3, DatasetSplitter.Folds(new Blobs { Count = 30 }.Generate(1), new SplitOptions
        {
            Warn = warnings.Add,
        }, 3).Count());
        Assert.Empty(warnings);
    }

    [Fact]
    public void NamesTooRareToBeLearnedAreLeftOut()
    {
        // In 4,000 rows a level needs 10 to be told apart; two rows of each are none.
        var codes = Enumerable.Range(0, 4000).Select(i => i / 2).ToArray();
        var plan = DataPlan.Fit(new Dataset("set", [new NumberColumn("x", codes.Select(i => i * 1.5).ToArray()),
            new CategoryColumn("order", codes, codes.Select(i => $"N{i}").ToArray())]));
        Assert.Equal(ColumnRole.LeftOut, plan.Columns[1].Role);
        Assert.Contains("an identifier: 2,000 different values in 4,000 rows", plan.Columns[1].Reason);
    }

    [Fact]
    public void NumbersMixedWithTextSayHowToReadThem()
    {
        var names = Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? "offline" : $"{i}.5").ToArray();
        var plan = DataPlan.Fit(new Dataset("set",
            [new NumberColumn("x", names.Select((_, i) => i * i * 1.0).ToArray()),
            new CategoryColumn("load", Enumerable.Range(0, 200).ToArray(), names)]));
        Assert.Contains("among them 'offline'", plan.Columns[1].Reason);
        Assert.Contains("-MissingValue", plan.Columns[1].Reason);
    }

    [Fact]
    public void NumberLabelsAreStandardised()
    {
        var data = new Dataset("set", [new NumberColumn("x", [1, 2, 3]), new NumberColumn("y", [10, double.NaN, 30])],
            "y");
        var log = new List<string>();
        var plan = DataPlan.Fit(data, log.Add);
        Assert.Equal((20, 10), (plan.Label!.Mean, plan.Label.Scale));
        Assert.Contains(log, line => line.Contains("1 of 3 rows"));
        var encoded = plan.Encode(data, withLabel: true);
        Assert.Equal((2, 1), (encoded.Count, encoded.Dropped));
        Assert.Equal([-1f, 1f], Assert.IsType<float[]>(encoded.Targets));
        Assert.Equal([-1f, 1f], (float[])encoded.Inputs[0].Values);
        Assert.Equal(3, plan.Encode(data, withLabel: false).Count);
    }

    [Fact]
    public void AFileMayTakeAColumnForAnotherKind()
    {
        var plan = DataPlan.Fit(Sample());
        var data = new Dataset("other",
            [
                new CategoryColumn("size", [0, 1], ["1", "2", "not used"]), new NumberColumn("plain", [3, 3]),
                new CategoryColumn("color", [0, 1], ["BLUE", "green"]), new NumberColumn("y", [9, 10]),
            ], "y");
        var log = new List<string>();
        var encoded = plan.Encode(data, withLabel: true, log.Add);
        Assert.Equal([1, 2], (long[])encoded.Targets!);
        Assert.Equal([1f, 0f, 0f, 0f], ((float[])encoded.Inputs[0].Values)[3..5]
            .Concat(((float[])encoded.Inputs[0].Values)[8..10]));
        Assert.Contains(log, line => line.Contains("'color'") && line.Contains("1 values"));
        var text = new Dataset("other", [new CategoryColumn("size", [0], ["big"]), .. data.Take([0]).Columns.Skip(1)],
            "y");
        Assert.Contains("got 'big' in row 1", DataFiles.Fails("NotANumber", () => plan.Encode(text, false)).Message);
    }

    [Fact]
    public void JsonKeepsEveryBit()
    {
        var data = new ServerMetrics { Count = 500 }.Generate(3);
        var plan = DataPlan.Fit(data);
        var again = DataPlan.FromJson(System.Text.Json.Nodes.JsonNode.Parse(plan.ToJson().ToJsonString())!);
        Assert.Equal(plan.Encode(data, true).Inputs[0].Values, again.Encode(data, true).Inputs[0].Values);
        Assert.Equal(plan.Encode(data, true).Targets, again.Encode(data, true).Targets);
        Assert.Equal(plan.InputShape, again.InputShape);
        Assert.Equal(plan.ToString(), again.ToString());
        Assert.Equal(plan.Columns.Select(c => (c.Name, c.Role, c.Encoder, c.Reason)),
            again.Columns.Select(c => (c.Name, c.Role, c.Encoder, c.Reason)));

        var images = new Digits { Count = 3 }.Generate(1);
        var imagePlan = DataPlan.FromJson(DataPlan.Fit(images).ToJson());
        Assert.Equal(((ImageColumn)images.Columns[0]).Pixels, imagePlan.Encode(images, true).Inputs[0].Values);

        DataFiles.Fails("InvalidPlan", () => DataPlan.FromJson(
            System.Text.Json.Nodes.JsonNode.Parse("{\"version\":1}")!));
        DataFiles.Fails("InvalidPlan", () => DataPlan.FromJson(
            System.Text.Json.Nodes.JsonNode.Parse("{\"version\":99}")!));
        DataFiles.Fails("InvalidPlan", () => DataPlan.FromJson(System.Text.Json.Nodes.JsonNode.Parse("[]")!));
    }

    [Fact]
    public void RowsOfObjectsEncodeAsTheColumnsDo()
    {
        var data = new ServerMetrics { Count = 200 }.Generate(4);
        var plan = DataPlan.Fit(data);
        var rows = Enumerable.Range(0, data.Count)
            .Select(i => Row(data.Columns.Select(c => (c.Name.ToUpperInvariant(), i % 2 == 0 ? c[i] : c[i]?.ToString()))
                .ToArray())).ToArray();
        var encoded = plan.Encode(plan.Rows(rows), withLabel: false);
        Assert.Equal(plan.Encode(data, withLabel: false).Inputs[0].Values, encoded.Inputs[0].Values);
        Assert.Null(encoded.Targets);
    }

    [Fact]
    public void BadObjectsAreToldOneByOne()
    {
        var plan = DataPlan.Fit(Sample());
        var good = Row(("Size", "1.5"), ("plain", null), ("color", "red"), ("more", new object()));
        Assert.Null(plan.Check(good));
        Assert.Null(plan.Check(Row(("size", "NA"), ("plain", 2m), ("color", true))));
        var error = plan.Check(Row(("size", "big"), ("plain", 1), ("color", "red")))!;
        Assert.Equal("NotANumber", error.Id);
        Assert.Contains("'size'", error.Message);
        Assert.Contains("'big'", error.Message);
        Assert.Null(plan.Check(Row(("size", double.PositiveInfinity), ("plain", 1), ("color", "red"))));
        float[] Encoded(object? size) => (float[])plan.Encode(
            plan.Rows([Row(("size", size), ("plain", 1), ("color", "red"))]), false).Inputs[0].Values;
        Assert.Equal(Encoded(null), Encoded(double.NegativeInfinity));
        Assert.Equal("NotACategory", plan.Check(Row(("size", 1), ("plain", 1), ("color", new object())))!.Id);
        error = plan.Check(Row(("size", 1), ("color", "red")))!;
        Assert.Equal("ColumnNotFound", error.Id);
        Assert.Contains("size, plain, color", error.Message);
    }

    [Fact]
    public void ImagesOfObjects()
    {
        var data = new Dataset("set", [new ImageColumn("Image", [1, 2, 3, 4], new Shape(1, 1, 2))]);
        var plan = DataPlan.Fit(data);
        Assert.Equal(new Shape(1, 1, 2), plan.InputShape);
        object[] forms = [new byte[] { 7, 9 }, new[] { 7, 9 }, new object[] { "7", 9.2 }, new List<double> { 7, 9 }];
        var rows = plan.Rows(forms.Select(form => Row(("image", form))).ToArray());
        Assert.Equal(new byte[] { 7, 9, 7, 9, 7, 9, 7, 9 }, plan.Encode(rows, false).Inputs[0].Values);
        foreach (var wrong in new object?[] { new byte[3], new[] { 1 }, "text", null, 5 })
            Assert.Equal("WrongImageSize", plan.Check(Row(("Image", wrong)))!.Id);
        Assert.Equal("InvalidPixel", plan.Check(Row(("Image", new[] { 1, 300 })))!.Id);
        var larger = new Dataset("set", [new ImageColumn("Image", [1, 2, 3], new Shape(1, 1, 3))]);
        DataFiles.Fails("WrongImageSize", () => plan.Encode(larger, false));
    }

    [Fact]
    public void Errors()
    {
        var plan = DataPlan.Fit(Sample());
        var unknown = new Dataset("set", [.. Sample().Take([0]).Columns.SkipLast(1),
            new CategoryColumn("y", [0], ["11"])], "y");
        var error = DataFiles.Fails("UnknownClass", () => plan.Encode(unknown, true));
        Assert.Contains("'11'", error.Message);
        Assert.Contains("8, 9, 10", error.Message);
        DataFiles.Fails("ColumnNotFound", () => plan.Encode(
            new Dataset("set", [new NumberColumn("size", [1])]), false));
        DataFiles.Fails("ColumnNotFound", () => plan.Encode(
            new Dataset("set", Sample().Columns.SkipLast(1).ToArray()), true));
        DataFiles.Fails("NoLabel", () => DataPlan.Fit(new Dataset("set", Sample().Columns)).Encode(Sample(), true));
        DataFiles.Fails("NoInputs", () => DataPlan.Fit(new Dataset("set", [new NumberColumn("x", [1, 1])])));
        DataFiles.Fails("NoRows", () => DataPlan.Fit(new Dataset("set", [new NumberColumn("x", [])])));
        DataFiles.Fails("NoLabels", () => DataPlan.Fit(
            new Dataset("set", [new NumberColumn("x", [1]), new NumberColumn("y", [double.NaN])], "y")));
        var image = new ImageColumn("Image", [1, 2], new Shape(1, 1, 1));
        DataFiles.Fails("ImageWithColumns", () =>
            _ = DataPlan.Fit(new Dataset("set", [image, new NumberColumn("x", [1, 2])])).Inputs);
        DataFiles.Fails("WrongColumnKind", () =>
            plan.Encode(new Dataset("set", [image.Rename("size"), .. Sample().Take([0, 1]).Columns.Skip(1)]), false));
    }
}
