using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Makes token ids of text: 0 stands for padding, 1 for what training did not know, and tokens begin at 2.</summary>
/// <param name="caseSensitive">Whether upper and lower case differ.</param>
internal abstract class Tokenizer(bool caseSensitive)
{
    /// <summary>The id of a place behind the text.</summary>
    public const int Padding = 0;

    /// <summary>The id of what training did not know.</summary>
    public const int Unknown = 1;

    /// <summary>The first id of a token.</summary>
    public const int First = 2;

    /// <summary>How many tokens there are at most where nothing else is said.</summary>
    public const int DefaultVocabulary = 10_000;

    /// <summary>How often a token must occur where nothing else is said: what occurs once teaches what to do with the unknown.</summary>
    public const int DefaultMinimumCount = 2;

    /// <summary>What text is cut into.</summary>
    public abstract TokenizerKind Kind { get; }

    /// <summary>How many ids there are: they go from 0 to one less.</summary>
    public abstract int Levels { get; }

    /// <summary>What it cuts text into, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Makes a tokenizer from texts and how often each occurs.</summary>
    public static Tokenizer Train(IReadOnlyCollection<(string Text, long Count)> corpus, ColumnSettings settings)
    {
        var sensitive = settings.CaseSensitive ?? false;
        var folded = corpus.Select(row => (Fold(row.Text, sensitive), row.Count));
        var (vocabulary, least) = (settings.Vocabulary ?? DefaultVocabulary, settings.MinimumCount ?? DefaultMinimumCount);
        return settings.Tokenizer switch
        {
            TokenizerKind.BytePair => new BytePairTokenizer(sensitive, BytePairTrainer.Train(folded, vocabulary, least)),
            TokenizerKind.Character => new CharacterTokenizer(sensitive, PieceTokenizer.Frequent(folded, CharacterTokenizer.Split, vocabulary, least)),
            _ => new WordTokenizer(sensitive, PieceTokenizer.Frequent(folded, TextWords.Of, vocabulary, least)),
        };
    }

    /// <summary>Makes a tokenizer from JSON.</summary>
    public static Tokenizer FromJson(JsonObject json)
    {
        var sensitive = (bool)json["caseSensitive"]!;
        return (string?)json["tokenizer"] switch
        {
            nameof(TokenizerKind.Word) => new WordTokenizer(sensitive, Texts(json)),
            nameof(TokenizerKind.Character) => new CharacterTokenizer(sensitive, Texts(json)),
            nameof(TokenizerKind.BytePair) => BytePairTokenizer.From(sensitive, json),
            var kind => throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                $"Tokenizer '{kind}' is not known. The model was perhaps written by a later version."),
        };

        static string[] Texts(JsonObject json) => json["tokens"]!.AsArray().Select(token => (string)token!).ToArray();
    }

    /// <summary>The ids of a text's tokens, the first ones of many.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many at most.</param>
    public int[] Encode(string text, int most) => Ids(Fold(text, caseSensitive)).Take(most).ToArray();

    /// <summary>The tokenizer as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["tokenizer"] = Kind.ToString(), ["caseSensitive"] = caseSensitive };
        Write(json);
        return json;
    }

    /// <summary>The ids of a text whose case is as it matters, one by one.</summary>
    protected abstract IEnumerable<int> Ids(string text);

    /// <summary>Adds what training found.</summary>
    protected abstract void Write(JsonObject json);

    private static string Fold(string text, bool sensitive) => sensitive ? text : text.ToLowerInvariant();
}
