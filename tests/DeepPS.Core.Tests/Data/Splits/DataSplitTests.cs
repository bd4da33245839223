using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataSplitTests
{
    /// <summary>A dataset whose column Row holds the row's number, with classes of the sizes given.</summary>
    private static Dataset Classes(params int[] sizes)
    {
        var codes = sizes.SelectMany((size, level) => Enumerable.Repeat(level, size)).ToArray();
        new Random(5).Shuffle(codes);
        return new Dataset("set",
            [
                new NumberColumn("Row", Enumerable.Range(0, codes.Length).Select(i => i + 0.5).ToArray()),
                new CategoryColumn("Label", codes, sizes.Select((_, level) => $"c{level}").ToArray()),
            ], "Label");
    }

    private static double[] Rows(Dataset? part) => part is null ? [] : ((NumberColumn)part.Columns[0]).Values.ToArray();

    private static int Of(Dataset part, int level) =>
        ((CategoryColumn)part.Label!).Codes.ToArray().Count(code => code == level);

    [Theory]
    [InlineData(0.1, 0.2, true)]
    [InlineData(0.15, 0, true)]
    [InlineData(0, 0.33, false)]
    [InlineData(0.25, 0.25, false)]
    [InlineData(0, 0, true)]
    public void EveryRowIsInExactlyOnePart(double validation, double test, bool stratify)
    {
        var data = Classes(57, 31, 12, 3);
        for (var seed = 0; seed < 20; seed++)
        {
            var split = DatasetSplitter.Split(data, new SplitOptions
            {
                Validation = validation, Test = test, Seed = seed, Stratify = stratify,
            });
            Assert.Equal(Rows(data), Rows(split.Train).Concat(Rows(split.Validation)).Concat(Rows(split.Test)).Order());
            Assert.Equal(Math.Round(data.Count * validation, MidpointRounding.AwayFromZero),
                Rows(split.Validation).Length);
            Assert.Equal(Math.Round(data.Count * test, MidpointRounding.AwayFromZero), Rows(split.Test).Length);
            Assert.Equal(validation > 0, split.Validation is not null);
            Assert.Equal(test > 0, split.Test is not null);
            Assert.Equal(Rows(split.Train).Order(), Rows(split.Train));
        }
    }

    [Fact]
    public void PartsHaveTheClassesShares()
    {
        var data = Classes(600, 300, 90, 10);
        var split = DatasetSplitter.Split(data, new SplitOptions { Validation = 0.1, Test = 0.2, Seed = 3 });
        Assert.Equal([120, 60, 18, 2], Enumerable.Range(0, 4).Select(level => Of(split.Test!, level)));
        Assert.Equal([60, 30, 9, 1], Enumerable.Range(0, 4).Select(level => Of(split.Validation!, level)));
    }

    [Fact]
    public void ARareClassStaysInTraining()
    {
        var data = Classes(40, 1, 1, 2);
        for (var seed = 0; seed < 50; seed++)
        {
            var split = DatasetSplitter.Split(data, new SplitOptions { Validation = 0.4, Test = 0.4, Seed = seed });
            Assert.Equal(["c0", "c1", "c2", "c3"], split.Plan.Label!.Classes);
        }
    }

    [Fact]
    public void RowsWithoutLabelAreDealtToo()
    {
        var data = new Dataset("set", [new NumberColumn("Row", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]),
            new CategoryColumn("y", [0, -1, 0, 1, -1, 1], ["a", "b"])], "y");
        var split = DatasetSplitter.Split(data, new SplitOptions { Test = 0.5 });
        Assert.Equal(3, split.Train.Count);
        Assert.Equal(3, split.Test!.Count);
    }

    [Fact]
    public void TheSeedDecides()
    {
        var data = Classes(50, 50);
        double[] Test(int seed) => Rows(DatasetSplitter.Split(data, new SplitOptions { Test = 0.2, Seed = seed }).Test);
        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
        Assert.Equal([7.5, 15.5, 21.5], Test(7).Take(3));
    }

    [Fact]
    public void ThePlanIsFittedOnTrainAlone()
    {
        var split = DatasetSplitter.Split(Classes(30, 30), new SplitOptions { Test = 0.5, Seed = 1 });
        var encoded = (float[])split.Plan.Encode(split.Train, withLabel: true).Inputs[0].Values;
        Assert.Equal(0, encoded.Average(), 1e-5);
        Assert.Equal(1, encoded.Select(x => (double)x * x).Average(), 1e-5);
        Assert.Equal(DataPlan.Fit(split.Train).ToJson().ToJsonString(), split.Plan.ToJson().ToJsonString());
        Assert.NotEqual(DataPlan.Fit(split.Test!).ToJson().ToJsonString(), split.Plan.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.5, 0.5)]
    public void InvalidFraction(double validation, double test) => DataFiles.Fails("InvalidFraction",
        () => DatasetSplitter.Split(Classes(10, 10), new SplitOptions { Validation = validation, Test = test }));

    [Fact]
    public void EmptyPart()
    {
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(Classes(2, 2), new SplitOptions { Test = 0.1 }));
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(
            Classes(1, 1), new SplitOptions { Test = 0.9, Stratify = false }));
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(Classes(1, 1), new SplitOptions { Test = 0.5 }));
    }

    /// <summary>Rows of hosts with a class, a day and a part.</summary>
    private static Dataset Hosts(params (string? Host, string Class, double Day, string? Part)[] rows)
    {
        CategoryColumn Names(string name, IEnumerable<string?> values)
        {
            var levels = values.OfType<string>().Distinct().ToArray();
            return new CategoryColumn(name, values.Select(value => Array.IndexOf(levels, value)).ToArray(), levels);
        }

        return new Dataset("hosts",
            [
                new NumberColumn("Row", Enumerable.Range(0, rows.Length).Select(i => i + 0.5).ToArray()),
                    Names("Host", rows.Select(row => row.Host)),
                Names("Class", rows.Select(row => (string?)row.Class)),
                    new NumberColumn("Day", rows.Select(row => row.Day).ToArray()),
                Names("Part", rows.Select(row => row.Part)),
            ], "Class");
    }

    [Fact]
    public void GroupsComeNearTheSharesAndAreNoInput()
    {
        var data = Hosts(Enumerable.Range(0, 1000).Select(i => ((string?)$"h{i % 50}", $"c{i % 3}", 0.0, (string?)null))
            .ToArray());
        for (var seed = 0; seed < 10; seed++)
        {
            var split = DatasetSplitter.Split(data, new SplitOptions
            {
                Group = "host", Validation = 0.1, Test = 0.2, Seed = seed,
            });
            Assert.Equal((700, 100, 200), (split.Train.Count, split.Validation!.Count, split.Test!.Count));
            Assert.Contains("groups", split.Plan.Columns.Single(column => column.Name == "Host").Reason);
        }

        var folds = DatasetSplitter.Folds(data, new SplitOptions { Group = "Host" }, 5).ToArray();
        Assert.All(folds, fold => Assert.Equal(200, fold.Test!.Count));
        Assert.All(folds, fold => Assert.InRange(Of(fold.Test!, 0), 60, 74));
    }

    [Fact]
    public void GroupsOfOneClassAreSpreadOverFolds()
    {
        var data = Hosts(Enumerable.Range(0, 400)
            .Select(i => ((string?)$"h{i / 10}", i < 100 ? "rare" : "common", 0.0, (string?)null)).ToArray());
        for (var seed = 0; seed < 10; seed++)
            Assert.All(DatasetSplitter.Folds(data, new SplitOptions { Group = "Host", Seed = seed }, 5),
                fold => Assert.Equal(20, Of(fold.Test!, 0)));
    }

    [Fact]
    public void TheLatestAreTheTestAndTiesStayTogether()
    {
        var day = new DateTime(2026, 1, 1).Ticks;
        int[] days = [3, 1, 2, 3, 0, 3, 1, 2, 3, 3];
        var options = new SplitOptions { Time = "Day", Test = 0.4, Validation = 0.2 };
        using var parts = new RowParts(10, null);
        TimeSplit.Deal(parts, new TimeColumn("Day", days.Select(i => day + i * TimeSpan.TicksPerDay).ToArray()),
            options);
        Assert.Equal([0, 3, 5, 8, 9], parts.RowsOf(RowPart.Test).Span);
        Assert.Equal([2, 7], parts.RowsOf(RowPart.Validation).Span);
        Assert.Equal([1, 4, 6], parts.RowsOf(RowPart.Train).Span);
        var missing = DataFiles.Fails("MissingTime",
            () => TimeSplit.Deal(parts, new TimeColumn("Day", [day, TimeColumn.None]), options));
        Assert.Contains("1 of 2 rows", missing.Message);
    }

    [Fact]
    public void AColumnNamesThePartsInTheUsualForms()
    {
        var data = Hosts(("a", "x", 0, "TRAINING"), ("a", "x", 0, "dev"), ("b", "y", 0, " Test"),
            ("b", "y", 0, "train"), ("b", "y", 0, "Validation"));
        var split = DatasetSplitter.Split(data, new SplitOptions { By = "Part" });
        Assert.Equal([0.5, 3.5], Rows(split.Train));
        Assert.Equal([1.5, 4.5], Rows(split.Validation));
        Assert.Equal([2.5], Rows(split.Test));
        Assert.Equal(ColumnRole.LeftOut, split.Plan.Columns.Single(column => column.Name == "Part").Role);
        var strange = Hosts(("a", "x", 0, "train"), ("a", "x", 0, "later"));
        Assert.Contains("row 2 has 'later'", DataFiles.Fails(
            "UnknownPart", () => DatasetSplitter.Split(strange, new SplitOptions { By = "Part" })).Message);
        var none = Hosts(("a", "x", 0, "train"), ("a", "x", 0, null));
        Assert.Contains("row 2 has none", DataFiles.Fails(
            "UnknownPart", () => DatasetSplitter.Split(none, new SplitOptions { By = "Part" })).Message);
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(
            Hosts(("a", "x", 0, "test")), new SplitOptions { By = "Part" }));
    }

    [Fact]
    public void FoldsSayWhichTheyAre()
    {
        var folds = DatasetSplitter.Folds(Classes(30, 12), new SplitOptions { Validation = 0.25, Seed = 4 }, 3, 2)
            .ToArray();
        Assert.Equal([(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2)],
            folds.Select(fold => (fold.Fold!.Value, fold.Repeat!.Value)));
        Assert.Equal("set, fold 2 of 3, repeat 1 of 2", folds[1].Name);
        Assert.Equal("set, fold 2 of 3, repeat 1 of 2 (test)", folds[1].Test!.Name);
        Assert.Equal("at random, by the classes of 'Label', seed 4", folds[1].Method);
        Assert.All(folds, fold => Assert.Equal((21, 7, 14),
            (fold.Train.Count, fold.Validation!.Count, fold.Test!.Count)));
        Assert.NotEqual(Rows(folds[0].Test), Rows(folds[3].Test));
        var lazy = DatasetSplitter.Folds(Classes(30, 12), new SplitOptions { Seed = 4 }, 3);
        Assert.Equal(lazy.Select(fold => Rows(fold.Test)), lazy.Select(fold => Rows(fold.Test)));
    }

    [Fact]
    public void WhatCannotBeFoldedIsSaid()
    {
        var options = new SplitOptions();
        DataFiles.Fails("InvalidFold", () => DatasetSplitter.Folds(Classes(5, 5), options, 1));
        DataFiles.Fails("InvalidFold", () => DatasetSplitter.Folds(Classes(5, 5), options, 11));
        DataFiles.Fails("InvalidFold", () => DatasetSplitter.Folds(Classes(5, 5), options, 5, 0));
        DataFiles.Fails("InvalidFold", () => DatasetSplitter.Folds(Classes(5, 5), options with { Test = 0.1 }, 5));
        Assert.Contains("'c1'", DataFiles.Fails(
            "RareClass", () => DatasetSplitter.Folds(Classes(9, 1), options, 5)).Message);
        Assert.Equal(5, DatasetSplitter.Folds(Classes(9, 1), options with { Stratify = false }, 5).Count());
        var hosts = Hosts(("a", "x", 0, null), ("b", "y", 0, null), ("b", "x", 0, null));
        Assert.Contains("2 to 2, one for each group",
            DataFiles.Fails("InvalidFold", () => DatasetSplitter.Folds(
            hosts, options with { Group = "Host" }, 3)).Message);
    }

    [Fact]
    public void WhatCannotBeSplitByIsSaid()
    {
        var data = Hosts(("a", "x", 1, null), ("b", "y", 2, null), ("b", "x", 3, null));
        var test = new SplitOptions { Test = 0.3 };
        Assert.Contains("Row, Host, Class", DataFiles.Fails(
            "InvalidSplitColumn", () => DatasetSplitter.Split(data, test with { Group = "Hosts" })).Message);
        DataFiles.Fails("InvalidSplitColumn", () => DatasetSplitter.Split(data, test with { Group = "Class" }));
        DataFiles.Fails("InvalidSplitColumn", () =>
            DatasetSplitter.Split(data, test with { Group = "Host", Time = "Day" }));
        DataFiles.Fails("NotATime", () => DatasetSplitter.Split(data, test with { Time = "Host" }));
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(data, test with { Group = "Host", Validation = 0.3 }));
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(
            Hosts(("a", "x", 1, null), ("b", "x", 1, null)), test with { Time = "Day" }));
    }

    [Fact]
    public void ASplitGetsThePartThatItLacksFromItsTrainingPart()
    {
        var (train, test) = (Classes(40, 20), Classes(9, 6));
        var split = DatasetSplitter.Split(new Split(train, null, test) { Name = "set" },
            new SplitOptions { Validation = 0.25, Seed = 2 });
        Assert.Same(test, split.Test);
        Assert.Equal(15, split.Validation!.Count);
        Assert.Equal(Rows(train), Rows(split.Train).Concat(Rows(split.Validation)).Order());
        Assert.Equal("set", split.Name);
        DataFiles.Fails("PartExists", () => DatasetSplitter.Split(split, new SplitOptions { Validation = 0.1 }));
        DataFiles.Fails("PartExists", () => DatasetSplitter.Split(split, new SplitOptions { Test = 0.1 }));
    }
}
