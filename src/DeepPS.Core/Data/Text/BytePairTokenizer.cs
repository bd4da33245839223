using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Splits text into pieces of words: the bytes of each word and of a space after it, whose pairs are merged in the
/// order in which training found them. The ids of bytes are first, then those of the merges. Sennrich, Haddow and
/// Birch, Neural Machine Translation of Rare Words with Subword Units (2016), on bytes.
/// </summary>
internal sealed class BytePairTokenizer : Tokenizer
{
    /// <summary>The number of different bytes; each is a token.</summary>
    public const int Bytes = 256;

    private const int WordsKept = 100_000;
    private readonly (int Left, int Right)[] merges;
    private readonly Dictionary<(int Left, int Right), int> merged;
    private readonly Dictionary<string, int[]> known = new(StringComparer.Ordinal);

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="caseSensitive">Whether upper and lower case differ.</param>
    /// <param name="merges">The pairs of ids, in the order in which they are merged.</param>
    public BytePairTokenizer(bool caseSensitive, (int Left, int Right)[] merges)
        : base(caseSensitive)
    {
        this.merges = merges;
        merged = merges.Index().ToDictionary(pair => pair.Item, pair => IdOf(pair.Index));
    }

    public override TokenizerKind Kind => TokenizerKind.BytePair;

    public override int Levels => First + Bytes + merges.Length;

    public override string Description => $"{Bytes} bytes and {merges.Length:N0} pieces of words";

    public override IEnumerable<string> Names => Enumerable.Range(First, Levels - First).Select(id => $"<{id}>");

    public override string TextOf(IEnumerable<int> ids, TextSpacing spacing) => spacing.Join(
        Encoding.UTF8.GetString(ids.SelectMany(BytesOf).ToArray())
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static BytePairTokenizer From(bool caseSensitive, JsonObject json)
    {
        var pairs = json["merges"]!.AsArray().Select(id => (int)id!).Chunk(2).Select((pair, i) =>
            pair.Length == 2 && pair.All(id => id >= First && id < IdOf(i)) ? (pair[0], pair[1])
                : throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                    $"Merge {i + 1:N0} of a tokenizer joins unknown ids."))
                    .ToArray();
        return new BytePairTokenizer(caseSensitive, pairs);
    }

    /// <summary>The id that a merge makes.</summary>
    public static int IdOf(int merge) => First + Bytes + merge;

    /// <summary>The ids of the bytes of a word, and of the space after it.</summary>
    public static int[] BytesOf(string word) =>
        Encoding.UTF8.GetBytes(word + " ").Select(value => value + First).ToArray();

    protected override IEnumerable<int> Ids(string text) => TextWords.Of(text).SelectMany(Pieces);

    protected override IEnumerable<string> Texts(string text) =>
        Ids(text).Select(id => Encoding.UTF8.GetString(BytesOf(id).ToArray()));

    protected override void Write(JsonObject json) =>
        json["merges"] = new JsonArray(merges.SelectMany(pair => new[] { pair.Left, pair.Right })
            .Select(id => (JsonNode)id).ToArray());

    /// <summary>The bytes of a token.</summary>
    private IEnumerable<byte> BytesOf(int id) => id < IdOf(0) ? [(byte)(id - First)]
        : merges[id - IdOf(0)] is var (left, right) ? BytesOf(left).Concat(BytesOf(right)) : [];

    private int[] Pieces(string word)
    {
        lock (known)
        {
            if (known.TryGetValue(word, out var pieces))
                return pieces;
            if (known.Count >= WordsKept)
                known.Clear();
            return known[word] = Merge(BytesOf(word));
        }
    }

    /// <summary>Merges pairs, always the one that training merged first, until there are none.</summary>
    private int[] Merge(int[] symbols)
    {
        while (true)
        {
            var first = int.MaxValue;
            for (var i = 1; i < symbols.Length; i++)
                if (merged.TryGetValue((symbols[i - 1], symbols[i]), out var id))
                    first = Math.Min(first, id);
            if (first == int.MaxValue)
                return symbols;
            symbols = BytePairTrainer.Join(symbols, merges[first - IdOf(0)], first);
        }
    }
}
