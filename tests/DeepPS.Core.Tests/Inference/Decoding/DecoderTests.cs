using DeepPS.Data;
using DeepPS.Inference;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class DecoderTests
{
    private static readonly TargetEncoder Letters =
        TargetEncoder.Fit(new CategoryColumn("text", [0, 0], ["a b c d e f"]));

    private static int Id(string letter) => Letters.Ids(letter).Single();

    /// <summary>Greedy takes a, of which nothing good follows; two beams find b c.</summary>
    [Theory]
    [InlineData(1, 0, "a d")]
    [InlineData(2, 0, "b c")]
    [InlineData(2, 5, "a d e f a")]
    public void BeamSearchFindsWhatGreedyMissesAndPrefersLongTextsAsAsked(int beam, double penalty, string expected)
    {
        using var scope = NewDisposeScope();
        var options = new DecodingOptions { Beam = beam, LengthPenalty = penalty };
        using var source = new Chain(Letters, new()
        {
            ["<"] = [("a", 0.6), ("b", 0.4)], ["a"] = [("d", 0.5), (">", 0.25), ("b", 0.25)],
            ["b"] = [("c", 0.99), (">", 0.01)], ["c"] = [(">", 0.99), ("a", 0.01)],
            ["d"] = [(">", 0.6), ("e", 0.4)], ["e"] = [("f", 1)], ["f"] = [("a", 1)],
        });
        var texts = beam == 1
            ? StepDecoder.Run(source, Letters, [[], []], options with { Beam = 1 }, CPU, null, default)
            : new BeamDecoder(Letters, options with { MaxLength = 6 }, 2).Run(source, CPU, default);
        Assert.Equal([expected, expected], texts.Select(text => Letters.TextOf(text.Tokens)));
    }

    /// <summary>Of all texts of up to five tokens, as many beams as there can be texts find the best one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WideBeamsFindTheBestText(int seed)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        string[] letters = ["a", "b", "c", ">"];
        var chances = letters[..3].Prepend("<").ToDictionary(letter => letter, _ =>
        {
            var weights = letters.Select(_ => random.NextDouble() + 0.01).ToArray();
            return letters.Zip(weights, (next, weight) => (next, weight / weights.Sum())).ToArray();
        });
        using var source = new Chain(Letters, chances);
        var options = new DecodingOptions { Beam = 81, LengthPenalty = 0.6, MaxLength = 5 };
        var best = All("<", 0, 5).Where(text => text.Text.EndsWith('>')).MaxBy(text =>
            text.Log / Math.Pow((5.0 + text.Text.Length) / 6, 0.6));
        var found = new BeamDecoder(Letters, options, 1).Run(source, CPU, default)[0];
        Assert.Equal(best.Text[..^1], Letters.TextOf(found.Tokens).Replace(" ", ""));
        Assert.Equal(best.Log, found.LogProbability, 4);

        IEnumerable<(string Text, double Log)> All(string last, double log, int left) => left == 0 ? []
            : chances[last].SelectMany(next => next.next == ">" ? [(">", log + Math.Log(next.Item2))]
                : All(next.next, log + Math.Log(next.Item2), left - 1)
                    .Select(rest => (next.next + rest.Text, rest.Log)));
    }

    [Theory]
    [InlineData(null, null, null, new[] { 1, 3, 0, 2 }, new[] { 1, 0.5, 0.25, 0.25 })]
    [InlineData(0.5, null, null, new[] { 1, 3, 0, 2 }, new[] { 1, 0.25, 0.0625, 0.0625 })]
    [InlineData(null, 2, null, new[] { 1, 3 }, new[] { 1, 0.5 })]
    [InlineData(null, null, 0.5, new[] { 1 }, new[] { 1.0 })]
    [InlineData(null, null, 0.6, new[] { 1, 3 }, new[] { 1, 0.5 })]
    [InlineData(null, null, 0.8, new[] { 1, 3, 0 }, new[] { 1, 0.5, 0.25 })]
    [InlineData(null, 3, 0.9, new[] { 1, 3, 0 }, new[] { 1, 0.5, 0.25 })]
    public void TokensAreDrawnFromTheMostLikelyOnes(double? temperature, int? topK, double? topP, int[] tokens,
        double[] shares)
    {
        float[] logs = [.. new[] { 0.125, 0.5, 0.125, 0.25, 0 }.Select(chance => (float)Math.Log(chance))];
        var options = new DecodingOptions { Temperature = temperature, TopK = topK, TopP = topP, Seed = 4 };
        var (kept, left) = new TokenDraw(options, 0).Shares(logs);
        Assert.Equal(tokens, kept);
        Assert.Equal(shares, left, (a, b) => Math.Abs(a - b) < 1e-6);
        var (draw, again) = (new TokenDraw(options, 0), new TokenDraw(options, 0));
        var drawn = Enumerable.Range(0, 4000).Select(_ => draw.Next(logs)).ToArray();
        Assert.Equal(drawn, Enumerable.Range(0, 4000).Select(_ => again.Next(logs)));
        Assert.All(tokens.Zip(shares), pair => Assert.InRange(
            drawn.Count(token => token == pair.First) / 4000.0 - pair.Second / shares.Sum(), -0.04, 0.04));
    }

    /// <summary>Texts whose next letter depends on the last one: &lt; is the beginning, &gt; the end.</summary>
    private sealed class Chain(TargetEncoder text, Dictionary<string, (string Next, double Chance)[]> chances)
        : TokenSource
    {
        private int IdOf(string letter) => letter == "<" ? text.Begin : letter == ">" ? text.End : Id(letter);

        protected override TargetEncoder Text => text;

        public override void Select(Tensor texts)
        {
        }

        public override void Dispose()
        {
        }

        protected override Tensor LogitsAfter(Tensor tokens)
        {
            var rows = tokens.data<float>().ToArray();
            var logits = full([rows.Length, text.Classes.Count], -60f);
            for (var row = 0; row < rows.Length; row++)
                foreach (var (next, chance) in chances
                    .SingleOrDefault(pair => IdOf(pair.Key) == (int)rows[row]).Value ?? [])
                    logits[row, IdOf(next)] = (float)Math.Log(chance);
            return logits;
        }
    }
}
