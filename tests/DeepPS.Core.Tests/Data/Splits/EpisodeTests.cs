using DeepPS.Data;

namespace DeepPS.Tests;

public class EpisodeTests
{
    /// <summary>Classes c0, c1, ... of the given sizes; x is the row's number.</summary>
    private static Dataset Classes(params int[] sizes)
    {
        var codes = sizes.Index().SelectMany(pair => Enumerable.Repeat(pair.Index, pair.Item)).ToArray();
        return new Dataset("set",
            [
                new NumberColumn("x", Enumerable.Range(0, codes.Length).Select(row => (double)row).ToArray()),
                new CategoryColumn("y", codes, sizes.Select((_, i) => $"c{i}").ToArray()),
            ], "y");
    }

    private static double[] Xs(Dataset data) => ((NumberColumn)data.Find("x")!).Values.ToArray();

    [Fact]
    public void AnEpisodeHasTheSamplesOfItsClassesOnce()
    {
        var data = Classes(9, 12, 8, 30, 10);
        var options = new EpisodeOptions { Way = 3, Shot = 2, Query = 5, Count = 40, Seed = 3 };
        var episodes = EpisodeSplitter.Of(data, options).ToArray();
        Assert.Equal(Enumerable.Range(1, 40), episodes.Select(episode => episode.Number));
        foreach (var episode in episodes)
        {
            Assert.Equal(3, episode.Classes.Distinct().Count());
            foreach (var (part, each) in new[] { (episode.Support, 2), (episode.Query, 5) })
            {
                var names = Enumerable.Range(0, part.Count).Select(row => (string)part.Label![row]!).ToArray();
                Assert.Equal(episode.Classes.SelectMany(name => Enumerable.Repeat(name, each)), names);
            }

            Assert.Equal(21, Xs(episode.Support).Concat(Xs(episode.Query)).Distinct().Count());
        }

        Assert.Equal(5, episodes.SelectMany(episode => episode.Classes).Distinct().Count());
        var again = EpisodeSplitter.Of(data, options).ToArray();
        Assert.Equal(episodes.SelectMany(episode => Xs(episode.Query)), again.SelectMany(episode => Xs(episode.Query)));
        var others = EpisodeSplitter.Of(data, options with { Seed = 4 });
        Assert.NotEqual(episodes.SelectMany(e => Xs(e.Query)), others.SelectMany(e => Xs(e.Query)));
    }

    [Fact]
    public void TooFewClassesOrSamplesAreRefused()
    {
        Assert.Contains("3", DataFiles.Fails("EpisodeClass",
            () => EpisodeSplitter.Of(Classes(9, 9, 9), new EpisodeOptions { Way = 4 })).Message);
        Assert.Contains("'c1'", DataFiles.Fails("EpisodeClass",
            () => EpisodeSplitter.Of(Classes(6, 1, 9), new EpisodeOptions { Way = 2 })).Message);
        DataFiles.Fails("EpisodeLabel", () => EpisodeSplitter.Of(Sets.Line(), new EpisodeOptions()));
    }

    [Fact]
    public void ClassesOfTheTestPartAreNotInTheTrainingPart()
    {
        var split = ClassSplit.Of(Classes(4, 5, 6), ["c0", "c2"], new SplitOptions());
        Assert.Equal([4.0, 5, 6, 7, 8], Xs(split.Train));
        Assert.Equal(10, split.Test!.Count);
        Assert.Equal(["c1"], split.Plan.Label!.Classes);
        Assert.Contains("c0", DataFiles.Fails("ClassNotFound",
            () => ClassSplit.Of(Classes(4, 5), ["c9"], new SplitOptions())).Message);
        DataFiles.Fails("EmptyPart", () => ClassSplit.Of(Classes(4, 5), ["c0", "c1"], new SplitOptions()));
        DataFiles.Fails("NoLabel", () => ClassSplit.Of(Sets.Line(), ["c0"], new SplitOptions()));
    }
}
