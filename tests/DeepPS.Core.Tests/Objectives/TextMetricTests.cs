using DeepPS.Common;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Values of sacrebleu with its default settings; the first are its published example.</summary>
public class TextMetricTests
{
    private const string Dogs = "The dog bit the man.|It wasn't surprising.|The man had just bitten him.";
    private const string First = "The dog bit the man.|It was not unexpected.|The man bit him first.";
    private const string Second = "The dog had bit the man.|No one was surprised.|The man had bitten the dog.";

    [Theory]
    [InlineData(Dogs, new[] { First, Second }, 48.530827009929865, 59.72751782684763)]
    [InlineData("the cat sat on the mat", new[] { "the cat is on the mat" }, 37.99178428257963, 64.5779420625287)]
    [InlineData("Hello, world! It costs 1,000.50 dollars - or 12-34.",
        new[] { "Hello world, it costs 1,000.50 dollars or 12-34." }, 38.50322886878713, 74.32336481139397)]
    [InlineData("Le chat noir ne dort pas.|La voiture rouge est grande.",
        new[] { "Le chat noir ne mange pas.|La grande voiture rouge est ici." }, 36.43653105640694, 64.9564347421119)]
    [InlineData("a b c d e|f", new[] { "a x c d e|f g" }, 36.540077522837926, 29.7339593114241)]
    [InlineData("one two", new[] { "one two" }, 0, 100)]
    [InlineData("x &quot;y&quot; &amp; z <skipped>", new[] { "x \"y\" & z" }, 100, 6.289308176100629)]
    [InlineData("l'école n'est pas 日本 où?", new[] { "l'école est 日本 , où?" },
        19.304869754804482, 45.93471826102415)]
    [InlineData("a", new[] { "b" }, 0, 0)]
    [InlineData("", new[] { "b" }, 0, 0)]
    public void BleuAndChrFAreThoseOfSacrebleu(string texts, string[] references, double bleu, double chrF)
    {
        var (produced, sets) = (texts.Split('|'), references.Select(set => set.Split('|')).ToArray());
        var each = produced.Select((_, i) => sets.Select(set => set[i]).ToArray()).ToArray();
        Assert.Equal(bleu, new Bleu().Of(produced, each), 9);
        Assert.Equal(chrF, new ChrF().Of(produced, each), 9);
    }

    /// <summary>Four of five words, two of four pairs, one of three triples, a half of the two fours.</summary>
    [Fact]
    public void BleuByHand() => Assert.Equal(100 * Math.Pow(4 / 5.0 * (2 / 4.0) * (1 / 3.0) * (0.5 / 2), 0.25),
        new Bleu().Of(["a b c d e"], [["a b c x e"]]), 9);

    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("1,000.5 and 3.14. End", "1,000.5 and 3.14 . End")]
    [InlineData("don't 12-34 x-y", "don't 12 - 34 x-y")]
    [InlineData("&quot;a&quot; (b) [c] {d} $5 50% a/b a@b.c a_b ^`~|#*+=;:?<>",
        "\" a \" ( b ) [ c ] { d } $ 5 50 % a / b a @ b . c a _ b ^ ` ~ | # * + = ; : ? < >")]
    public void WordsAreThoseOfTokenizer13a(string text, string words) =>
        Assert.Equal(words, string.Join(' ', BleuWords.Of(text)));

    [Fact]
    public void TextsAreNotMeasuredInATraining() =>
        Assert.Equal("MetricText", Assert.Throws<DlException>(() => new ChrF().Begin(CPU, [])).Id);

    [Fact]
    public void TokenAccuracyIsTheShareOfRightTokens()
    {
        using var scope = NewDisposeScope();
        using var sum = new TokenAccuracy().Begin(CPU, []);
        sum.Add(new MetricBatch(tensor(new long[] { 4, 5, 6 }), tensor(new long[] { 4, 5, 7 })));
        sum.Add(new MetricBatch(tensor(new long[] { 3 }), tensor(new long[] { 3 })));
        Assert.Equal(0.75, sum.Values("TokenAccuracy").Single().Value);
    }
}
