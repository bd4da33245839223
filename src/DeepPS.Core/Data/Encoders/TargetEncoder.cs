using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Text that a network produces, as token ids: those of a tokenizer (0 is padding, 1 an unknown token), then one for
/// the beginning and one for the end. Targets are the tokens and the end; the network's input is shifted by one place,
/// the beginning and the tokens, so that each token is predicted from those before it.
/// </summary>
[EncoderType("Target")]
internal sealed class TargetEncoder : ColumnEncoder, IWholeEncoder, IEncoderType<TargetEncoder>
{
    /// <summary>The largest default length.</summary>
    private const int DefaultMost = 256;

    private readonly Tokenizer tokenizer;
    private readonly TextSpacing spacing;

    private TargetEncoder(Tokenizer tokenizer, TextSpacing spacing, int length)
    {
        (this.tokenizer, this.spacing, Length) = (tokenizer, spacing, length);
        Classes = ["<padding>", "<unknown>", .. tokenizer.Names, "<begin>", "<end>"];
    }

    public override string Description => $"text of {tokenizer.Description}, up to {Length:N0} with its end";

    /// <summary>The largest number of tokens, with the end.</summary>
    public int Length { get; }

    /// <summary>The id of the beginning, which is the network's first input.</summary>
    public int Begin => tokenizer.Levels;

    /// <summary>The id of the end.</summary>
    public int End => tokenizer.Levels + 1;

    /// <summary>A name for each id.</summary>
    public IReadOnlyList<string> Classes { get; }

    public Shape Shape => new(Length);

    public int? Levels => tokenizer.Levels + 2;

    /// <summary>Trains a tokenizer on the texts that occur.</summary>
    /// <param name="column">The text, with its settings. By default upper and lower case differ, and the longest text
    /// gives the length, at most 256 tokens.</param>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    public static TargetEncoder Fit(CategoryColumn column)
    {
        TextEncoder.Check(column);
        var corpus = TextEncoder.Corpus(column);
        var settings = column.Settings with { CaseSensitive = column.Settings.CaseSensitive ?? true };
        var tokenizer = Tokenizer.Train(corpus, settings);
        var length = settings.Length
            ?? corpus.Max(row => tokenizer.Encode(row.Text, DefaultMost - 1).Length) + 1;
        return new TargetEncoder(tokenizer,
            TextSpacing.Fit(corpus.Select(row => (tokenizer.Folded(row.Text), row.Count))), length);
    }

    public static TargetEncoder From(JsonObject json)
    {
        var length = (int)json["length"]!;
        return length is >= 1 and <= TextEncoder.LongestLength
            ? new(Tokenizer.FromJson(json["text"]!.AsObject()), TextSpacing.From(json["spacing"]!.AsObject()), length)
            : throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                $"The Length of text must be from 1 to {TextEncoder.LongestLength:N0} tokens; got {length:N0}.");
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type, ["length"] = Length, ["text"] = tokenizer.ToJson(), ["spacing"] = spacing.ToJson(),
    };

    public override Column Read(string name, IReadOnlyList<object?> values) => KnownLevels.Read(name, values, "text");

    /// <summary>A warning of training texts that are not learned as they are: with unknown tokens, or cut; null for
    /// none.</summary>
    public string? Doubt(CategoryColumn column)
    {
        var (rare, cut) = (0L, 0L);
        foreach (var (text, count) in TextEncoder.Corpus(column))
        {
            var ids = tokenizer.Encode(text, Length + 1);
            rare += ids.Contains(Tokenizer.Unknown) ? count : 0;
            cut += ids.Length >= Length ? count : 0;
        }

        var all = column.Count - column.Missing;
        return rare + cut == 0 ? null : $"Label '{column.Name}': "
            + (rare == 0 ? "" : $"{rare:N0} of {all:N0} texts have tokens that are too rare to be known and are never "
                + $"produced; -Column @{{ '{column.Name}' = @{{ MinimumCount = 1 }} }} keeps all. ")
            + (cut == 0 ? "" : $"{cut:N0} of {all:N0} texts are cut after {Length:N0} tokens; Length, a setting too, "
                + "sets another number.");
    }

    /// <summary>The ids of a text's first tokens.</summary>
    public int[] Ids(string text) => tokenizer.Encode(text, Length);

    /// <summary>The text of ids; ids that are no token have none.</summary>
    public string TextOf(IEnumerable<int> ids) =>
        tokenizer.TextOf(ids.Where(id => id >= Tokenizer.First && id < tokenizer.Levels), spacing);

    /// <summary>The tokens and the end of each text, -1 after it. A text that is too long has no end.</summary>
    public long[] Targets(Column column, out int unknown)
    {
        var targets = new long[Size(column.Count)];
        Array.Fill(targets, -1);
        var missing = 0;
        Each(column, (row, ids) =>
        {
            ids.CopyTo(targets.AsSpan(row * Length));
            if (ids.Length < Length)
                targets[row * Length + ids.Length] = End;
            missing += ids.Contains(Tokenizer.Unknown) ? 1 : 0;
        });
        unknown = missing;
        return targets;
    }

    /// <summary>The beginning and the tokens of each text but the last, 0 after them.</summary>
    public Array Encode(Column column, out int unknown)
    {
        var values = (float[])Begins(column.Count);
        var missing = 0;
        Each(column, (row, ids) =>
        {
            for (var i = 0; i < Math.Min(ids.Length, Length - 1); i++)
                values[row * Length + 1 + i] = ids[i];
            missing += ids.Contains(Tokenizer.Unknown) ? 1 : 0;
        });
        unknown = missing;
        return values;
    }

    /// <summary>The beginning of texts of which nothing is known.</summary>
    public Array Begins(int count)
    {
        var values = new float[Size(count)];
        for (var row = 0; row < count; row++)
            values[row * Length] = Begin;
        return values;
    }

    private void Each(Column column, Action<int, long[]> take)
    {
        var (store, levels) = column.AsLevels();
        var ids = new long[]?[levels.Count];
        var codes = store.Span.ToArray();
        for (var row = 0; row < codes.Length; row++)
            if (codes[row] >= 0)
                take(row, ids[codes[row]] ??= Array.ConvertAll(Ids(levels[codes[row]]), id => (long)id));
    }

    private long Size(int count) => (long)count * Length <= Array.MaxLength ? (long)count * Length
        : throw new DlException("TooLarge", DlErrorKind.NotAvailable,
            $"{count:N0} rows of {Length:N0} tokens are more than one array holds ({Array.MaxLength:N0}). "
            + "Use fewer rows, or a smaller Length.");
}
