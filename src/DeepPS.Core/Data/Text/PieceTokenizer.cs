using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace DeepPS.Data;

/// <summary>Base of tokenizers with a list of pieces of text, the most frequent first.</summary>
internal abstract class PieceTokenizer : Tokenizer
{
    private readonly string[] tokens;
    private readonly Dictionary<string, int> ids;

    protected PieceTokenizer(bool caseSensitive, string[] tokens)
        : base(caseSensitive)
    {
        this.tokens = tokens;
        ids = tokens.Index().ToDictionary(pair => pair.Item, pair => pair.Index + First, StringComparer.Ordinal);
    }

    public override int Levels => tokens.Length + First;

    public override IReadOnlyList<string> Vocabulary => tokens;

    /// <summary>
    /// The pieces that occur often enough, the most frequent first; equally frequent ones by their characters.
    /// </summary>
    /// <param name="corpus">Texts and how often each occurs.</param>
    /// <param name="split">Splits a text into pieces.</param>
    /// <param name="most">The largest number of pieces.</param>
    /// <param name="least">The smallest frequency of a piece.</param>
    public static string[] Frequent(
        IEnumerable<(string Text, long Count)> corpus, Func<string, IEnumerable<string>> split, int most, int least) =>
        Count(corpus, split).Where(pair => pair.Value >= least)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(most).Select(pair => pair.Key).ToArray();

    /// <summary>Counts how often each piece occurs.</summary>
    public static Dictionary<string, long> Count(
        IEnumerable<(string Text, long Count)> corpus, Func<string, IEnumerable<string>> split)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (text, count) in corpus)
            foreach (var piece in split(text))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, piece, out _) += count;
        return counts;
    }

    protected override IEnumerable<int> Ids(string text) =>
        Pieces(text).Select(piece => ids.GetValueOrDefault(piece, Unknown));

    protected override IEnumerable<string> Texts(string text) => Pieces(text);

    protected override void Write(JsonObject json) =>
        json["tokens"] = new JsonArray(tokens.Select(token => (JsonNode)token).ToArray());

    /// <summary>Splits a text into pieces.</summary>
    protected abstract IEnumerable<string> Pieces(string text);
}
