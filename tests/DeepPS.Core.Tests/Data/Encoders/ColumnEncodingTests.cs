using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>How single columns become numbers, by their settings and by their values.</summary>
public sealed class ColumnEncodingTests
{
    private static readonly DateTime Start = new(2024, 2, 28, 6, 0, 0);

    public static TheoryData<int, string> Scalings => Golden.Names("columns");

    private static CategoryColumn Names(string name, params string?[] values)
    {
        var levels = values.OfType<string>().Distinct().ToArray();
        return new CategoryColumn(name, values.Select(value => Array.IndexOf(levels, value)).ToArray(), levels);
    }

    private static TimeColumn Times(params DateTime?[] times) =>
        new("when", times.Select(time => time?.Ticks ?? TimeColumn.None).ToArray());

    private static Dataset With(Column column, ColumnSettings? settings = null) =>
        new("set", [column.With(settings ?? ColumnSettings.None),
            new NumberColumn("y", Enumerable.Range(0, column.Count).Select(i => i + 0.5).ToArray())], "y");

    /// <summary>The numbers of a column, row after row, by its own plan, before and after JSON.</summary>
    private static float[] Encode(DataPlan plan, Column column)
    {
        var data = new Dataset("other", [column]);
        var again = DataPlan.FromJson(JsonNode.Parse(plan.ToJson().ToJsonString())!);
        var values = (float[])plan.Encode(data, withLabel: false).Inputs[0].Values;
        Assert.Equal(values, again.Encode(data, withLabel: false).Inputs[0].Values);
        Assert.Equal(plan.Inputs, again.Inputs);
        return values;
    }

    private static float[] Encode(Column column, ColumnSettings? settings = null) =>
        Encode(DataPlan.Fit(With(column, settings)), column);

    private static ColumnPlan Plan(Column column, ColumnSettings? settings = null) =>
        PlanFitting.Columns(With(column, settings), null).Columns[0];

    [Theory, MemberData(nameof(Scalings))]
    public void NumbersAreScaledAndFilledAsByScikitLearn(int index, string what)
    {
        var golden = Golden.Load("columns")[index];
        double[] Read(string name) => golden[name]!.AsArray().Select(value => (double?)value ?? double.NaN).ToArray();
        var values = Read("values");
        var rule = Enum.Parse<MissingRule>((string)golden["settings"]!["Missing"]!);
        var settings = new ColumnSettings
        {
            Scaling = Enum.Parse<Scaling>((string)golden["type"]!), Missing = rule,
            Fill = rule is MissingRule.Constant ? "-2.5" : null,
        };
        // A constant column would be left out, so the test uses the encoder directly.
        var column = new NumberColumn("x", values).With(settings);
        var encoder = (FeatureEncoder)ColumnEncoder.FromJson(
            JsonNode.Parse(NumberEncoder.Fit(column).ToJson().ToJsonString())!.AsObject());
        var all = new NumberColumn("x", [.. values, .. Read("other")]);
        Assert.Equal(values.Any(double.IsNaN) ? 2 : 1, encoder.Width);
        var matrix = new float[all.Count * encoder.Width];
        encoder.Encode(all, matrix, 0, encoder.Width);
        var expected = Read("expected");
        for (var row = 0; row < all.Count; row++)
        {
            Assert.True(Math.Abs(expected[row] - matrix[row * encoder.Width]) <= 1e-6 * Math.Max(
                1, Math.Abs(expected[row])), $"{what}, row {row}");
            if (encoder.Width == 2)
                Assert.Equal(all.IsMissing(row) ? 1 : 0, matrix[2 * row + 1]);
        }
    }

    [Fact]
    public void YesAndNoAreOneNumber()
    {
        foreach (var (no, yes) in new[] { ("false", "TRUE"), ("No", "Yes"), ("n", "y"), ("F", "t"), ("off", "on") })
            Assert.Equal([1, 0, 1], Encode(Names("x", yes, no, yes)));
        Assert.Equal([1, 0, 0, 1, 0, 0], Encode(Names("x", "yes", null, "no")));
        Assert.Equal([0, 1, 1], Encode(new NumberColumn("x", [0, 1, 1]), new() { Kind = ColumnKind.Boolean }));
        Assert.Equal([1, 0, 1, 1, 0, 0], Encode(Names("x", "yes", null, "no"), new() { Fill = "YES" }));
        Assert.Contains("yes and no", Plan(Names("x", "yes", "no")).Reason);
        var plan = DataPlan.Fit(With(Names("x", "yes", "no", "yes")));
        Assert.Equal([1, 0, 1, 0, 1, 1], Encode(plan, plan.Rows(new object?[] { true, false, "1", 0, "perhaps", null }
            .Select(value => new Dictionary<string, object?> { ["x"] = value }).ToArray()).Columns[0]));
        Assert.Contains("'perhaps'", DataFiles.Fails(
            "NotABoolean", () => Plan(Names("x", "yes", "perhaps"), new() { Kind = ColumnKind.Boolean })).Message);
        Assert.StartsWith("one-hot", Plan(Names("x", "yes", "no"), new() { Coding = CategoryCoding.OneHot }).Encoder);
    }

    [Fact]
    public void TimesBecomeTheirVaryingParts()
    {
        Assert.Equal("trend, day of the year, day of the month, day of the week",
            Plan(Times(Start, Start.AddDays(1), Start.AddDays(2))).Encoder);
        Assert.Equal("trend, time of the day", Plan(Times(Start, Start.AddHours(3))).Encoder);
        Assert.Contains("2024-02-28T06:00:00 in every row", Plan(Times(Start, Start)).Reason ?? "");

        var values = Encode(Times(Start, null, Start.AddHours(6)));
        float[] expected = [-1, 1, 0, 0, 0, 0, 0, 1, 1, 0, -1, 0];
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));

        var parts = new ColumnSettings { Parts = [TimePart.Month, TimePart.DayOfWeek], Fill = "2024-04-01" };
        values = Encode(Times(Start, null), parts);
        Assert.Equal(10, values.Length);
        Assert.Equal([(float)Math.Sin(Math.PI / 6), (float)Math.Cos(Math.PI / 6)], values[..2]);
        Assert.Equal([1f, 0f], values[5..7].Select(value => (float)Math.Round(value, 6)));
        Assert.Equal([0f, 1f], new[] { values[4], values[9] });
    }

    [Fact]
    public void TimesComeInAnyForm()
    {
        var plan = DataPlan.Fit(With(Times(Start, Start.AddHours(6))));
        object[] forms = [Start, new DateTimeOffset(Start.AddHours(5), TimeSpan.FromHours(5)), "2024-02-28 06:00",
            "2024-02-28T08:00:00+02:00", " 2024-02-28T06:00:00Z "];
        var rows = plan.Rows(forms.Select(form => new Dictionary<string, object?> { ["when"] = form }).ToArray());
        Assert.All(((TimeColumn)rows.Columns[0]).Ticks.ToArray(), ticks => Assert.Equal(Start.Ticks, ticks));
        Assert.Null(plan.Check(new Dictionary<string, object?> { ["when"] = "NA" }));
        Assert.Equal("NotATime", plan.Check(new Dictionary<string, object?> { ["when"] = "soon" })!.Id);
        var european = DataPlan.FromJson(DataPlan.Fit(With(Times(Start, Start.AddHours(6)), new() { DayFirst = true }))
            .ToJson());
        Assert.Equal(new DateTime(2024, 3, 2), european.Rows(
            [new Dictionary<string, object?> { ["when"] = "2/3/2024" }]).Columns[0][0]);
        Assert.Equal(Encode(plan, Times(Start, Start.AddHours(6))),
            Encode(plan, Names("when", "2024-02-28 06:00", "2024-02-28 12:00")));
        DataFiles.Fails("NotATime", () => Plan(Names("when", "2024-02-28", "soon"), new() { Kind = ColumnKind.Time }));
    }

    [Fact]
    public void RareLevelsAreOneAndNewOnesToo()
    {
        var names = Enumerable.Range(0, 1000).Select(i => i < 4 ? $"rare{i % 2}" : i % 2 == 0 ? "a" : "b").ToArray();
        var plan = DataPlan.Fit(With(Names("x", names)));
        Assert.Equal("one-hot of 2 levels and 2 rare ones as \"other\"", plan.Columns[0].Encoder);
        var log = new List<string>();
        plan.Encode(new Dataset("other", [Names("x", "a", "new")]), withLabel: false, log.Add);
        Assert.Contains("'x': 1 values", Assert.Single(log));
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0], Encode(plan, Names("x", "a", "rare1", "new", null)));
        // A level is not rare among few rows.
        Assert.Equal("one-hot of 3 levels", Plan(Names("x", "a", "b", "c")).Encoder);
    }

    [Fact]
    public void MissingNamesAreFilledWhereThatIsSaid()
    {
        var column = Names("x", "b", null, "a", "b");
        Assert.Equal([0, 1, 0, 0, 1, 0, 0, 1], Encode(column));
        Assert.Equal([0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0], Encode(column, new() { Missing = MissingRule.Mode }));
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0], Encode(column, new() { Fill = "none of them" }));
        Assert.Equal([0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0], Encode(column, new() { Fill = "a" }));
    }

    [Fact]
    public void RowsWithoutAValueAreDroppedOrRefused()
    {
        var column = new NumberColumn("x", [1, double.NaN, 3, 5]);
        var data = With(column, new() { Missing = MissingRule.Drop });
        var log = new List<string>();
        var plan = DataPlan.FromJson(DataPlan.Fit(data, log.Add).ToJson());
        Assert.Contains(log, line => line.Contains("1 of 4 rows") && line.Contains("'x' is missing"));
        Assert.Equal(6.5 / 3, plan.Label!.Mean, 1e-12);
        foreach (var withLabel in new[] { false, true })
        {
            var encoded = plan.Encode(data, withLabel);
            Assert.Equal((3, 1), (encoded.Count, encoded.Dropped));
            Assert.Equal(3, ((float[])encoded.Inputs[0].Values).Length);
        }

        Assert.Null(plan.Check(new Dictionary<string, object?> { ["x"] = 1 }));
        Assert.Contains("'x' must have a value", plan.Check(new Dictionary<string, object?> { ["x"] = null })!.Message);
        DataFiles.Fails("MissingValue", () => plan.Require(data));
        var refusing = DataPlan.Fit(With(new NumberColumn("x", [1, 2, 3]), new() { Missing = MissingRule.Refuse }));
        Assert.Contains("the first is row 2", DataFiles.Fails(
            "MissingValue", () => refusing.Encode(With(column), true)).Message);
        DataFiles.Fails("MissingValue", () => DataPlan.Fit(With(column, new() { Missing = MissingRule.Refuse })));
    }

    [Fact]
    public void ManyLevelsAreEmbedded()
    {
        var names = Enumerable.Range(0, 600).Select(i => i == 7 ? null : i == 9 ? "rare" : $"host{i % 30:00}")
            .ToArray();
        var data = new Dataset("set", [Names("Host", names),
            new NumberColumn("x", Enumerable.Range(0, 600).Select(i => (double)i).ToArray()),
            new NumberColumn("y", Enumerable.Range(0, 600).Select(i => i + 0.5).ToArray())], "y");
        var plan = DataPlan.Fit(data);
        Assert.Equal("embedding of 30 levels and 1 rare one as \"other\" in 11 learned numbers each, and of missing "
            + "values", plan.Columns[0].Encoder);
        var input = Assert.Single(plan.Inputs);
        Assert.Equal((new Shape(2), new Shape(12)), (input.Shape, input.Seen));
        Assert.Equal(new CodedColumn("Host", 32, 11), Assert.Single(input.Coded));
        var values = (float[])plan.Encode(data.Take([0, 7, 9, 29]), false).Inputs[0].Values;
        Assert.Equal([1, 31, 0, 30], new[] { values[1], values[3], values[5], values[7] });
        var without = DataPlan.Fit(new Dataset("set", [data.Columns[0], data.Columns[1]]));
        Assert.Empty(without.Inputs[0].Coded);
        Assert.StartsWith("one-hot of 30 levels", without.Columns[0].Encoder);
    }

    [Fact]
    public void WhatIsLeftOutSaysWhatToDo()
    {
        string Reason(Func<int, string> value, ColumnSettings? settings = null) =>
            Plan(Names("Body", Enumerable.Range(0, 50).Select(value).ToArray()),
                settings) is { Role: ColumnRole.LeftOut } plan ? plan.Reason! : "";
        Assert.Contains("'Body' = 'Text'", Reason(i => $"the disk of server {i} is full"));
        Assert.StartsWith("free text: 8 different values in 50 rows", Reason(i => $"the disk of server {i % 8} is "
            + "full"));
        Assert.Equal("", Reason(i => $"the disk of server {i % 5} is full"));
        Assert.StartsWith("an identifier: 50 different values", Reason(i => $"N{i}A"));
        Assert.Equal("", Reason(i => $"N{i}A", new() { Kind = ColumnKind.Category }));
    }

    [Fact]
    public void SettingsThatDoNotSuitTheColumn()
    {
        var numbers = new NumberColumn("x", [1, 2, 3]);
        var names = Names("x", "a", "b", "c");
        foreach (var (column, settings) in new (Column, ColumnSettings)[]
        {
            (names, new() { Missing = MissingRule.Mean }), (names, new() { Scaling = Scaling.Log }),
                (numbers, new() { Missing = MissingRule.Constant }),
            (numbers, new() { Fill = "none" }), (numbers, new() { Fill = "1", Missing = MissingRule.Mean }),
                (numbers, new() { Parts = [TimePart.Hour] }),
            (numbers, new() { Coding = CategoryCoding.OneHot }),
                (Times(Start, Start.AddDays(1)), new() { Fill = "soon" }),
            (Names("x", "yes", "no"), new() { Fill = "perhaps" }),
        })
            Assert.Contains($"'{column.Name}'", DataFiles.Fails(
                "InvalidColumnSetting", () => Plan(column, settings)).Message);
    }

    [Fact]
    public void DefaultsGoWhereTheySuit()
    {
        Column[] columns =
        [
            new NumberColumn("a", [1, 2, double.NaN]),
            new NumberColumn("b", [1, 2, 4]).With(new() { Scaling = Scaling.None }),
            Names("c", "x", null, "y"),
            new NumberColumn("y", [1, 2, 3.5]),
        ];
        var data = new Dataset("set", columns, "y") { Budget = new MemoryBudget(1 << 20) };
        var plain = new ColumnDefaults().Apply(data);
        Assert.Same(data, plain);
        var set = new ColumnDefaults(MissingRule.Median, Scaling.MinMax).Apply(data);
        Assert.Equal([(MissingRule.Median, Scaling.MinMax), (MissingRule.Median, Scaling.None), (null, null),
            (null, (Scaling?)null)],
            set.Columns.Select(column => (column.Settings.Missing, column.Settings.Scaling)));
        Assert.Same(data.Budget, set.Budget);
        Assert.Equal("y", set.Label!.Name);
    }
}
