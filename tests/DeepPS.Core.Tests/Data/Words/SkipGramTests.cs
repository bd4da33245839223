using DeepPS.Data;

namespace DeepPS.Tests;

public class SkipGramTests
{
    private static readonly SkipGramOptions All = new()
    {
        MinimumCount = 1, Subsample = 0, Window = 2, FixedWindow = true,
    };

    private static Dataset Of(SkipGramOptions options, params string[] texts)
    {
        var builder = new SkipGramBuilder(options);
        foreach (var text in texts)
            builder.Add(text);
        return builder.Build("set");
    }

    /// <summary>Each row as text: the words before, the word in brackets, and the words after it.</summary>
    private static string[] Rows(Dataset data) => Enumerable.Range(0, data.Count).Select(row =>
    {
        var context = ((TokenColumn)data.Columns[1]).Codes.AsSpan(row * 4, 4).ToArray()
            .Select(code => code < 0 ? "-" : ((TokenColumn)data.Columns[1]).Levels[code]).ToArray();
        var word = ((string[])data.Columns[0][row]!)[0];
        return string.Join(" ", [.. context[..2], $"[{word}]", .. context[2..]]);
    }).ToArray();

    [Fact]
    public void EachWordHasTheWordsAroundItWithinItsParagraph() => Assert.Equal(
        [
            "- - [one] two three", "- one [two] three -", "one two [three] - -",
            "- - [two] one -", "- two [one] - -", "- - [a] b -", "- a [b] - -",
        ],
        Rows(Of(All, "One, two. Three!\r\n\r\ntwo one", "a b", "alone")));

    [Fact]
    public void RareWordsAreLeftOutAndTheMostFrequentIsTheFirst()
    {
        var data = Of(All with { MinimumCount = 2 }, "b rare a b A", "odd b");
        var words = (TokenColumn)data.Columns[0];
        Assert.Equal(["b", "a"], words.Levels);
        Assert.Equal(["- - [b] a b", "- b [a] b a", "b a [b] a -", "a b [a] - -"], Rows(data));
        var plan = DataPlan.Fit(data).For(["Word", "Context"]);
        Assert.Equal([3, 3], plan.Inputs.Select(input => input.Levels!.Value));
        Assert.Equal(["b", "B", "a"],
            ((TokenColumn)Of(All with { CaseSensitive = true, MinimumCount = 1 }, "b b B a B b").Columns[0]).Levels);
    }

    [Fact]
    public void AWindowIsDrawnWithTheSeed()
    {
        var text = string.Join(" ", Enumerable.Range(0, 400).Select(i => $"w{i % 7}"));
        var drawn = Of(All with { FixedWindow = false, Seed = 3 }, text);
        var missing = Rows(drawn).Count(row => row.StartsWith("- ", StringComparison.Ordinal));
        // Half of the windows have one word on each side.
        Assert.InRange(missing, 150, 250);
        Assert.Equal(Rows(drawn), Rows(Of(All with { FixedWindow = false, Seed = 3 }, text)));
        Assert.NotEqual(Rows(drawn), Rows(Of(All with { FixedWindow = false, Seed = 4 }, text)));
    }

    [Fact]
    public void FrequentWordsStayWithTheProbabilityOfWord2Vec()
    {
        // The word "the" is half of 20,000 words: it stays with sqrt(t / f) + t / f.
        var text = string.Join(" ", Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? "the" : $"w{i % 1000}"));
        var data = Of(All with { Subsample = 0.02 }, text);
        var share = ((TokenColumn)data.Columns[0]).Codes.Count(code => code == 0) / 10_000.0;
        var expected = Math.Sqrt(0.02 / 0.5) + 0.02 / 0.5;
        // Three deviations of 10,000 draws.
        Assert.InRange(share, expected - 0.013, expected + 0.013);
        Assert.Equal(10_000, ((TokenColumn)data.Columns[0]).Codes.Count(code => code > 0));
    }

    [Fact]
    public void TextWithoutPairsIsRefused()
    {
        DataFiles.Fails("NoWords", () => Of(All, "one", "two", ""));
        DataFiles.Fails("NoWords", () => Of(new SkipGramOptions(), "one two three"));
    }
}
