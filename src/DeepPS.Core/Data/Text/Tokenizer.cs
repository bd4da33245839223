using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Turns text into token ids: 0 is padding, 1 an unknown token, and tokens begin at 2.</summary>
/// <param name="caseSensitive">Whether upper and lower case differ.</param>
internal abstract class Tokenizer(bool caseSensitive)
{
    /// <summary>The id of padding after the text.</summary>
    public const int Padding = 0;

    /// <summary>The id of a token that training did not know.</summary>
    public const int Unknown = 1;

    /// <summary>The first id of a token.</summary>
    public const int First = 2;

    /// <summary>The default for the largest number of tokens.</summary>
    public const int DefaultVocabulary = 10_000;

    /// <summary>
    /// The default for the smallest frequency of a token: tokens that occur once train the network on unknown ones.
    /// </summary>
    public const int DefaultMinimumCount = 2;

    /// <summary>The units that text is split into.</summary>
    public abstract TokenizerKind Kind { get; }

    /// <summary>The number of ids, from 0.</summary>
    public abstract int Levels { get; }

    /// <summary>The texts of the ids from <see cref="First"/> on; empty if tokens are parts of words.</summary>
    public virtual IReadOnlyList<string> Vocabulary => [];

    /// <summary>A name for each id from <see cref="First"/> on.</summary>
    public virtual IEnumerable<string> Names => Vocabulary;

    /// <summary>A description of the tokens.</summary>
    public abstract string Description { get; }

    /// <summary>Trains a tokenizer on texts and their frequencies.</summary>
    public static Tokenizer Train(IReadOnlyCollection<(string Text, long Count)> corpus, ColumnSettings settings)
    {
        var sensitive = settings.CaseSensitive ?? false;
        var folded = corpus.Select(row => (Fold(row.Text, sensitive), row.Count));
        var (vocabulary, least) =
            (settings.Vocabulary ?? DefaultVocabulary, settings.MinimumCount ?? DefaultMinimumCount);
        return settings.Tokenizer switch
        {
            TokenizerKind.BytePair =>
                new BytePairTokenizer(sensitive, BytePairTrainer.Train(folded, vocabulary, least)),
            TokenizerKind.Character => new CharacterTokenizer(
                sensitive, PieceTokenizer.Frequent(folded, CharacterTokenizer.Split, vocabulary, least)),
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
                $"Tokenizer '{kind}' is not known. The model was perhaps written by a later version; update DeepPS."),
        };

        static string[] Texts(JsonObject json) => json["tokens"]!.AsArray().Select(token => (string)token!).ToArray();
    }

    /// <summary>The ids of a text's first tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The largest number of ids.</param>
    public int[] Encode(string text, int most) => Ids(Fold(text, caseSensitive)).Take(most).ToArray();

    /// <summary>The texts of a text's first tokens, one for each id.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The largest number of tokens.</param>
    public string[] Tokens(string text, int most) => Texts(Fold(text, caseSensitive)).Take(most).ToArray();

    /// <summary>The text whose tokens have these ids.</summary>
    /// <param name="ids">Ids from <see cref="First"/> on.</param>
    /// <param name="spacing">Joins words.</param>
    public abstract string TextOf(IEnumerable<int> ids, TextSpacing spacing);

    /// <summary>A text with its case adjusted.</summary>
    public string Folded(string text) => Fold(text, caseSensitive);

    /// <summary>The tokenizer as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["tokenizer"] = Kind.ToString(), ["caseSensitive"] = caseSensitive };
        Write(json);
        return json;
    }

    /// <summary>The ids of a text, after its case was adjusted.</summary>
    protected abstract IEnumerable<int> Ids(string text);

    /// <summary>The texts of the tokens of a text, after its case was adjusted.</summary>
    protected abstract IEnumerable<string> Texts(string text);

    /// <summary>Adds the trained tokens.</summary>
    protected abstract void Write(JsonObject json);

    private static string Fold(string text, bool sensitive) => sensitive ? text : text.ToLowerInvariant();
}
