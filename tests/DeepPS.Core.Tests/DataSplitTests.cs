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

    private static int Of(Dataset part, int level) => ((CategoryColumn)part.Label!).Codes.ToArray().Count(code => code == level);

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
            var split = DatasetSplitter.Split(data, new SplitOptions { Validation = validation, Test = test, Seed = seed, Stratify = stratify });
            Assert.Equal(Rows(data), Rows(split.Train).Concat(Rows(split.Validation)).Concat(Rows(split.Test)).Order());
            Assert.Equal(Math.Round(data.Count * validation, MidpointRounding.AwayFromZero), Rows(split.Validation).Length);
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
        var data = new Dataset("set", [new NumberColumn("Row", [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]), new CategoryColumn("y", [0, -1, 0, 1, -1, 1], ["a", "b"])], "y");
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
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(Classes(1, 1), new SplitOptions { Test = 0.9, Stratify = false }));
        DataFiles.Fails("EmptyPart", () => DatasetSplitter.Split(Classes(1, 1), new SplitOptions { Test = 0.5 }));
    }
}
