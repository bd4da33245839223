using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Text as a fixed count of token ids, with 0 after the end of shorter texts; longer ones are cut. Missing text is all
/// 0.
/// </summary>
[EncoderType("Text")]
internal sealed class TextEncoder : ColumnEncoder, IWholeEncoder, IEncoderType<TextEncoder>, IVocabulary
{
    /// <summary>The largest default length.</summary>
    private const int DefaultMost = 256;

    /// <summary>The share of the texts that the default length does not cut.</summary>
    private const double Whole = 0.95;

    /// <summary>The largest length.</summary>
    public const int LongestLength = 65_536;

    private readonly Tokenizer tokenizer;
    private readonly int length;

    private TextEncoder(Tokenizer tokenizer, int length)
    {
        this.tokenizer = tokenizer;
        this.length = length;
    }

    public override string Description =>
        $"text as ids of {tokenizer.Description}, the first {length:N0} of each row; 0 after its end, 1 for unknown "
            + "tokens";

    public Shape Shape => new(length);

    public int? Levels => tokenizer.Levels;

    /// <summary>The texts of the ids from <see cref="Tokenizer.First"/> on; empty if they are parts of words.</summary>
    public IReadOnlyList<string> Vocabulary => tokenizer.Vocabulary;

    public int FirstNumber => Tokenizer.First;

    /// <summary>Trains a tokenizer on the texts that occur, and chooses the length by theirs.</summary>
    /// <param name="column">The text, with its settings.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    public static TextEncoder Fit(CategoryColumn column, Action<string>? log)
    {
        Check(column);
        var corpus = Corpus(column);
        var tokenizer = Tokenizer.Train(corpus, column.Settings);
        if (column.Settings.Length is { } given)
            return new TextEncoder(tokenizer, given);
        var length = LengthOf(tokenizer, corpus);
        log?.Invoke($"Column '{column.Name}': its Length is {length:N0} tokens; "
            + (length < DefaultMost ? $"{Whole:P0} of its texts have no more." : "longer texts are cut."));
        return new TextEncoder(tokenizer, length);
    }

    public static TextEncoder From(JsonObject json)
    {
        var length = (int)json["length"]!;
        return length is >= 1 and <= LongestLength ? new(Tokenizer.FromJson(json["text"]!.AsObject()), length)
            : throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                $"The Length of text must be from 1 to {LongestLength:N0} tokens; got {length:N0}.");
    }

    public Array Encode(Column column, out int unknown)
    {
        var (store, levels) = column.AsLevels();
        var codes = store.Span;
        if ((long)codes.Length * length > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{codes.Length:N0} rows of {length:N0} tokens are more than one array holds ({Array.MaxLength:N0}). "
                + "Use fewer rows, or a smaller Length.");
        unknown = 0;
        var ids = new int[]?[levels.Count];
        var values = new float[codes.Length * length];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0)
                continue;
            var text = ids[codes[row]] ??= tokenizer.Encode(levels[codes[row]], length);
            for (var i = 0; i < text.Length; i++)
                values[row * length + i] = text[i];
        }

        return values;
    }

    /// <summary>The tokens that a text is read as.</summary>
    public string[] Tokens(string text) => tokenizer.Tokens(text, length);

    /// <summary>Whether all tokens of a text are known.</summary>
    public bool Knows(string text) => !tokenizer.Encode(text, length).Contains(Tokenizer.Unknown);

    public override Column Read(string name, IReadOnlyList<object?> values) => KnownLevels.Read(name, values, "text");

    public override JsonObject ToJson() =>
        new() { ["type"] = Type, ["length"] = length, ["text"] = tokenizer.ToJson() };

    /// <summary>The length, in tokens, that most texts do not exceed.</summary>
    private static int LengthOf(Tokenizer tokenizer, (string Text, long Count)[] corpus)
    {
        var lengths = corpus.Select(row => (Length: tokenizer.Encode(row.Text, DefaultMost).Length, row.Count))
            .OrderBy(row => row.Length).ToArray();
        var left = (long)Math.Ceiling(Whole * lengths.Sum(row => row.Count));
        return Math.Max(1, lengths.First(row => (left -= row.Count) <= 0).Length);
    }

    /// <summary>The texts that occur, and how often.</summary>
    public static (string Text, long Count)[] Corpus(CategoryColumn column)
    {
        var counts = new long[column.Levels.Count];
        foreach (var code in column.Codes)
            if (code >= 0)
                counts[code]++;
        return counts.Index().Where(pair => pair.Item > 0)
            .Select(pair => (column.Levels[pair.Index], pair.Item)).ToArray();
    }

    /// <summary>Refuses settings that text cannot have.</summary>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    public static void Check(CategoryColumn column)
    {
        var settings = column.Settings;
        var fewest = settings.Tokenizer is TokenizerKind.BytePair ? BytePairTokenizer.Bytes : 1;
        Check(nameof(settings.Vocabulary), settings.Vocabulary, fewest, int.MaxValue);
        Check(nameof(settings.MinimumCount), settings.MinimumCount, 1, int.MaxValue);
        Check(nameof(settings.Length), settings.Length, 1, LongestLength);

        void Check(string setting, int? value, int least, int most)
        {
            if (value < least || value > most)
                throw new DlException("InvalidColumnSetting", DlErrorKind.InvalidArgument,
                    $"Column '{column.Name}': {setting} must be {(most == int.MaxValue ? $"{least:N0} or more"
                        : $"from {least:N0} to {most:N0}")}; got {value:N0}.", column.Name);
        }
    }
}
