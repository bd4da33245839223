using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using FsCheck.Xunit;

namespace DeepPS.Tests;

/// <summary>Properties of the plan of any table.</summary>
public sealed class PlanPropertyTests
{
    private static readonly string[] Names = Enumerable.Range(0, 26).Select(i => $"name{i}").ToArray();

    /// <summary>A table of every kind of column, with gaps.</summary>
    private static Dataset Table(int seed, int rows)
    {
        var random = new Random(seed);
        bool Gap() => random.Next(8) == 0;
        T[] Values<T>(Func<T> value) => Enumerable.Range(0, rows).Select(_ => value()).ToArray();
        Column[] columns =
        [
            new NumberColumn("standard", Values(() => Gap() ? double.NaN : random.NextDouble() * 100 - 50)),
            new NumberColumn("log", Values(() => Math.Exp(10 * random.NextDouble())))
                .With(new() { Scaling = Scaling.Log }),
            new NumberColumn("robust", Values(() => random.NextDouble()))
                .With(new() { Scaling = Scaling.Robust, Missing = MissingRule.Median }),
            new NumberColumn("flag", Values(() => Gap() ? double.NaN : random.Next(2)))
                .With(new() { Kind = ColumnKind.Boolean }),
            new CategoryColumn("few", Values(() => Gap() ? -1 : random.Next(4)), Names[..4]),
            new CategoryColumn("many", Values(() => Gap() ? -1 : random.Next(26)), Names),
            new TimeColumn("time", Values(() => Gap() ? TimeColumn.None
                : new DateTime(2020, 1, 1).AddMinutes(random.Next(1_000_000)).Ticks)),
            new CategoryColumn("y", Values(() => random.Next(3)), ["a", "b", "c"]),
        ];
        return new Dataset("table", columns, "y");
    }

    private static string Json(DataPlan plan) => plan.ToJson().ToJsonString();

    [Property(MaxTest = 50)]
    public void NoStatisticDependsOnRowsOutsideTraining(int seed)
    {
        var split = DatasetSplitter.Split(Table(seed, 400),
            new SplitOptions { Validation = 0.2, Test = 0.2, Seed = seed });
        var other = Table(seed + 1, 80);
        Assert.Equal(Json(split.Plan), Json(new Split(split.Train, other, other.Take([3, 1])).Plan));
        Assert.NotEqual(Json(split.Plan), Json(new Split(other).Plan));
    }

    [Property(MaxTest = 50)]
    public void APlanComesBackFromItsJson(int seed)
    {
        var (train, other) = (Table(seed, 400), Table(seed + 1, 50));
        var plan = DataPlan.Fit(train);
        var again = DataPlan.FromJson(JsonNode.Parse(Json(plan))!);
        Assert.Equal(Json(plan), Json(again));
        Assert.Equal(plan.Inputs, again.Inputs);
        Assert.Equal(plan.Columns.Select(column =>
            (column.Name, column.Kind, column.Role, column.Encoder, column.Reason)),
            again.Columns.Select(column => (column.Name, column.Kind, column.Role, column.Encoder, column.Reason)));
        var (first, second) = (plan.Encode(other, true), again.Encode(other, true));
        Assert.Equal(first.Inputs[0].Values, second.Inputs[0].Values);
        Assert.Equal(first.Targets, second.Targets);
        Assert.All((float[])first.Inputs[0].Values, value => Assert.True(float.IsFinite(value)));
    }

    [Property(MaxTest = 20)]
    public void RawRowsEncodeAsTheirColumnsDo(int seed)
    {
        var data = Table(seed, 300);
        var plan = DataPlan.Fit(data);
        var rows = Enumerable.Range(0, data.Count)
            .Select(i => data.Columns.ToDictionary(column => column.Name, column => column[i])).ToArray();
        Assert.Equal(plan.Encode(data, false).Inputs[0].Values, plan.Encode(plan.Rows(rows), false).Inputs[0].Values);
    }

    [Property(MaxTest = 50)]
    public void ALabelIsReadAsItWasEncoded(int seed)
    {
        var data = Table(seed, 60);
        var classes = DataPlan.Fit(data).Label!;
        Assert.Equal(Enumerable.Range(0, 60).Select(i => data.Label![i]),
            ((long[])classes.Encode(data.Labels)).Select(number => classes.Classes[(int)number]));
        var numbers = new Dataset("numbers", data.Columns, "log", moreLabels: ["robust"]);
        var label = DataPlan.Fit(numbers).Label!;
        var targets = (float[])label.Encode(numbers.Labels);
        for (var i = 0; i < 2; i++)
            Assert.All(((NumberColumn)numbers.Labels[i]).Values.ToArray().Index(),
                pair => Assert.Equal(
                    pair.Item, targets[2 * pair.Index + i] * label.Parts[i].Scale + label.Parts[i].Mean,
                    1e-5 * label.Parts[i].Scale));
    }

    [Fact]
    public void PlansOfEarlierVersionsAreRead()
    {
        const string Version1 = """
            {"version":1,"columns":[
             {"name":"size","role":"Input",
              "description":"standardised (mean 3, deviation 2), and whether it is missing",
              "reason":null,"encoder":{"type":"Number","mean":3,"scale":2,"marksMissing":true}},
             {"name":"color","role":"Input","description":"one-hot of 2 levels",
              "reason":null,"encoder":{"type":"Category","levels":["blue","red"]}},
             {"name":"y","role":"Label","description":"number","reason":null,"encoder":null}],
             "label":{"name":"y","kind":"Number","classes":[],"mean":10,"scale":4}}
            """;
        const string Version2 = """
            {"version":2,"columns":[
                {"name":"x","role":"Input","description":"standardised",
                 "reason":null,"encoder":{"type":"Number","mean":0,"scale":1,"marksMissing":false}}],
             "inputs":["input"],
             "label":{"name":"input","kind":"Number","shape":[1],"isInput":true,"classes":[],"mean":0,"scale":1}}
            """;
        var plan = DataPlan.FromJson(JsonNode.Parse(Version1)!);
        var data = new Dataset("set", [new NumberColumn("size", [5, double.NaN]),
            new CategoryColumn("color", [0, 1], ["red", "new"]), new NumberColumn("y", [14, 6])], "y");
        var encoded = plan.Encode(data, true);
        Assert.Equal([1, 0, 0, 1, 0, 1, 0, 0], (float[])encoded.Inputs[0].Values);
        Assert.Equal([1, -1], (float[])encoded.Targets!);
        Assert.Equal((10, 4, new Shape(1)), (plan.Label!.Mean, plan.Label.Scale, plan.Label.Shape));
        Assert.Equal(Json(plan), Json(DataPlan.FromJson(JsonNode.Parse(Json(plan))!)));
        Assert.True(DataPlan.FromJson(JsonNode.Parse(Version2)!).Label!.IsInput);
    }
}
