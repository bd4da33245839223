using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Data;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DeepPS.Tests;

public sealed class TokenizerTests
{
    private static Tokenizer Train(
        TokenizerKind kind, int vocabulary, int least, params (string Text, long Count)[] corpus) =>
        Tokenizer.Train(corpus, new ColumnSettings { Tokenizer = kind, Vocabulary = vocabulary, MinimumCount = least });

    private static Tokenizer Again(Tokenizer tokenizer) =>
        Tokenizer.FromJson(JsonNode.Parse(tokenizer.ToJson().ToJsonString())!.AsObject());

    [Theory]
    [InlineData("Printer doesn't work!!", "Printer|doesn|'|t|work|!|!")]
    [InlineData("  50% of VPN-users\r\n\t\u00a0down ", "50|%|of|VPN|-|users|down")]
    [InlineData("Größe naïve Ελλάδα приве́т", "Größe|naïve|Ελλάδα|приве́т")]
    [InlineData("שלום עולם, مرحبا\u200f بالعالم", "שלום|עולם|,|مرحبا|بالعالم")]
    [InlineData("工单 路由です", "工|单|路|由|で|す")]
    [InlineData("ok👍🏽👨‍👩‍👧 ❤️!", "ok|👍|🏽|👨|👩|👧|❤|!")]
    [InlineData("𝔘𝔫𝔦 𠮷野", "𝔘𝔫𝔦|𠮷|野")]
    [InlineData("", "")]
    [InlineData(" \u0301\u200d\u0007 ", "")]
    public void WordsAreRunsOfLettersAndSignsStandAlone(string text, string words) =>
        Assert.Equal(words.Split('|', StringSplitOptions.RemoveEmptyEntries), TextWords.Of(text));

    [Fact]
    public void HalfASurrogatePairIsAReplacementCharacter() =>
        Assert.Equal(["a", "\ufffd", "b", "\ufffd"], TextWords.Of("a\ud83d b\udc4d"));

    [Fact]
    public void ALongRunIsCut()
    {
        var words = TextWords.Of(new string('x', 1000) + " " + string.Concat(Enumerable.Repeat("𝔘", 50))).ToArray();
        Assert.All(words, word => Assert.True(word.Length <= TextWords.Longest));
        Assert.Equal(new string('x', 1000) + string.Concat(Enumerable.Repeat("𝔘", 50)), string.Concat(words));
    }

    [Fact]
    public void TheMostFrequentWordsAreKnown()
    {
        var words = Train(TokenizerKind.Word, 3, 2, ("The cat. The dog", 2), ("a cat the", 1), ("once", 1));
        Assert.Equal(5, words.Levels);
        // the: 5, cat: 3, then "." before "dog", 2 each.
        Assert.Equal([2, 3, 4, 1, 1], words.Encode("THE Cat . dog once", 10));
        Assert.Equal([2, 3], words.Encode("the cat the", 2));
        Assert.Equal(2, Train(TokenizerKind.Word, 10, 3, ("rare words", 2)).Levels);
        var sensitive = Tokenizer.Train([("Up up up", 1)],
            new ColumnSettings { CaseSensitive = true, MinimumCount = 1 });
        Assert.Equal([2, 3, 1], sensitive.Encode("up Up UP", 5));
        Assert.Equal([2, 3, 1], Again(sensitive).Encode("up Up UP", 5));
    }

    [Fact]
    public void CharactersAreWhole()
    {
        var characters = Train(TokenizerKind.Character, 10, 1, ("aA😀 b", 1));
        Assert.Equal([2, 2, 5, 3, 4, 1], characters.Encode("aA😀 bc", 9));
        Assert.Equal([1], characters.Encode("\ud83d", 9));
        Assert.Equal([2, 5], Again(characters).Encode("A😀", 9));
    }

    [Fact]
    public void PairsMergeByFrequency()
    {
        // Sennrich's own example: low, lower, newest, widest.
        var tokenizer = Train(TokenizerKind.BytePair, 256 + 4, 1, ("low", 5), ("lower", 2), ("newest", 6),
            ("widest", 3));
        Assert.Equal(2 + 256 + 4, tokenizer.Levels);
        int Byte(char value) => 2 + value;
        // "t" and the space after it go before "es" and "t": their ids are smaller.
        var (es, tEnd, estEnd, lo) = (258, 259, 260, 261);
        Assert.Equal([Byte('n'), Byte('e'), Byte('w'), estEnd, lo, Byte('w'), estEnd],
            tokenizer.Encode("newest lowest", 20));
        Assert.Equal([es, Byte('t'), Byte('s'), Byte(' ')], tokenizer.Encode("ests", 20));
        Assert.Equal([Byte('a'), tEnd], tokenizer.Encode("at", 20));
        Assert.Equal([lo, Byte('w'), estEnd], Again(tokenizer).Encode("LOWEST", 20));
    }

    /// <summary>Merges found the simple way: count all pairs of the whole corpus, merge the best, repeat.</summary>
    private static List<(int, int)> SlowMerges(IEnumerable<(string Text, long Count)> corpus, int most, int least)
    {
        var words = corpus.SelectMany(row => row.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => (word, row.Count)))
            .Select(row => (Symbols: Encoding.UTF8.GetBytes(row.word).Append((byte)' ').Select(value => value + 2)
                .ToList(), row.Count)).ToList();
        var merges = new List<(int, int)>();
        while (merges.Count < most)
        {
            var counts = new SortedDictionary<(int, int), long>();
            foreach (var (symbols, count) in words)
                for (var i = 0; i + 1 < symbols.Count; i++)
                    counts[(symbols[i], symbols[i + 1])] = counts.GetValueOrDefault((symbols[i], symbols[i + 1]))
                        + count;
            if (counts.Count == 0 || counts.Values.Max() < least)
                break;
            // In a sorted dictionary the first of the largest has the smallest ids.
            var best = counts.First(pair => pair.Value == counts.Values.Max()).Key;
            foreach (var (symbols, _) in words)
                for (var i = 0; i + 1 < symbols.Count; i++)
                    if ((symbols[i], symbols[i + 1]) == best)
                    {
                        symbols[i] = 258 + merges.Count;
                        symbols.RemoveAt(i + 1);
                    }

            merges.Add(best);
        }

        return merges;
    }

    [Property(MaxTest = 150)]
    public void TrainingFindsThePairsThatCountingAgainFinds(
        NonEmptyArray<PositiveInt> draws, int seed, PositiveInt least)
    {
        var random = new Random(seed);
        string Word() => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "aabcé"[random.Next(5)]));
        var corpus = draws.Get.Select(draw => (string.Join(
            ' ', Enumerable.Range(0, 1 + draw.Get % 5).Select(_ => Word())), (long)random.Next(1, 4))).ToArray();
        var minimum = 1 + least.Get % 3;
        Assert.Equal(SlowMerges(corpus, 60, minimum), BytePairTrainer.Train(corpus, 256 + 60, minimum));
    }

    /// <summary>The tokens of any text hold every byte of its words, and none is unknown.</summary>
    [Property(MaxTest = 200)]
    public void BytePairsLoseNothing(string? anything, NonNull<string> corpus)
    {
        var text = (anything ?? "") + " abcabc 👩‍🚀 שלום";
        var tokenizer = Tokenizer.Train([(corpus.Get + " abc abc", 2L)],
            new ColumnSettings { Tokenizer = TokenizerKind.BytePair, Vocabulary = 300, CaseSensitive = true });
        var merges = tokenizer.ToJson()["merges"]!.AsArray().Select(id => (int)id!).Chunk(2).ToArray();
        IEnumerable<byte> Bytes(int id) => id < 258 ? [(byte)(id - 2)] : merges[id - 258].SelectMany(Bytes);
        var ids = Again(tokenizer).Encode(text, int.MaxValue);
        Assert.Equal(string.Concat(TextWords.Of(text).Select(word => word + " ")),
            Encoding.UTF8.GetString(ids.SelectMany(Bytes).ToArray()));
    }

    [Theory]
    [InlineData("""{"tokenizer":"Sentence","caseSensitive":false}""")]
    [InlineData("""{"tokenizer":"BytePair","caseSensitive":false,"merges":[2,300]}""")]
    [InlineData("""{"tokenizer":"BytePair","caseSensitive":false,"merges":[2,3,258,1]}""")]
    [InlineData("""{"tokenizer":"BytePair","caseSensitive":false,"merges":[2,3,4]}""")]
    public void WhatIsNoTokenizerIsRefused(string json) =>
        DataFiles.Fails("InvalidPlan", () => Tokenizer.FromJson(JsonNode.Parse(json)!.AsObject()));
}
