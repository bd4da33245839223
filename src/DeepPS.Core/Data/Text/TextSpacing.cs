using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace DeepPS.Data;

/// <summary>Joins words and signs to text, with spaces where the texts that it was fitted on have them.</summary>
internal sealed class TextSpacing
{
    private readonly HashSet<string> before, after;

    private TextSpacing(IEnumerable<string> before, IEnumerable<string> after)
    {
        this.before = new(before, StringComparer.Ordinal);
        this.after = new(after, StringComparer.Ordinal);
    }

    /// <summary>Counts on which sides each sign has a space in most cases.</summary>
    /// <param name="corpus">Texts and how often each occurs.</param>
    public static TextSpacing Fit(IEnumerable<(string Text, long Count)> corpus)
    {
        var (before, after) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        foreach (var (text, count) in corpus)
        {
            var (end, last) = (0, (string?)null);
            foreach (var word in TextWords.Of(text))
            {
                var start = text.IndexOf(word, end, StringComparison.Ordinal);
                if (start < 0)
                    continue;
                if (last is not null)
                {
                    var vote = start == end ? count : -count;
                    CollectionsMarshal.GetValueRefOrAddDefault(before, word, out _) += vote;
                    CollectionsMarshal.GetValueRefOrAddDefault(after, last, out _) += vote;
                }

                (end, last) = (start + word.Length, word);
            }
        }

        return new TextSpacing(Joined(before), Joined(after));

        static IEnumerable<string> Joined(Dictionary<string, long> votes) =>
            votes.Where(pair => pair.Value > 0 && TextWords.IsAlone(pair.Key)).Select(pair => pair.Key);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static TextSpacing From(JsonObject json)
    {
        return new TextSpacing(Texts("before"), Texts("after"));

        IEnumerable<string> Texts(string name) => json[name]!.AsArray().Select(sign => (string)sign!);
    }

    /// <summary>The words as one text.</summary>
    public string Join(IEnumerable<string> words)
    {
        var text = new System.Text.StringBuilder();
        string? last = null;
        foreach (var word in words)
        {
            if (last is not null && !before.Contains(word) && !after.Contains(last))
                text.Append(' ');
            text.Append(word);
            last = word;
        }

        return text.ToString();
    }

    /// <summary>The signs without a space before and after them.</summary>
    public JsonObject ToJson()
    {
        return new JsonObject { ["before"] = List(before), ["after"] = List(after) };

        static JsonArray List(IEnumerable<string> signs) =>
            new(signs.Order(StringComparer.Ordinal).Select(sign => (JsonNode)sign).ToArray());
    }
}
