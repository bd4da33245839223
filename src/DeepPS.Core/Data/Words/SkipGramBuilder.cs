using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Makes a dataset from text with a row for each word: the word and its context, the words around it (Mikolov,
/// Sutskever, Chen, Corrado and Dean, Distributed representations of words and phrases and their compositionality,
/// 2013).</summary>
/// <param name="options">The options.</param>
public sealed class SkipGramBuilder(SkipGramOptions options)
{
    /// <summary>The names of the columns.</summary>
    internal const string Word = "Word", Context = "Context";

    private const int End = -1;
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private readonly List<long> counts = [];
    private readonly List<int> text = [];

    /// <summary>Adds a text. No context goes beyond it, nor beyond an empty line in it.</summary>
    public void Add(string more)
    {
        foreach (var paragraph in more.ReplaceLineEndings("\n").Split("\n\n"))
        {
            foreach (var word in TextWords.Of(paragraph))
                if (char.IsLetterOrDigit(word, 0))
                    text.Add(Code(options.CaseSensitive ? word : word.ToLowerInvariant()));
            text.Add(End);
        }
    }

    /// <summary>Adds the text of a file in UTF-8, gzipped or not.</summary>
    /// <exception cref="DlException">The file cannot be read.</exception>
    public void AddFile(string path)
    {
        using var file = DataFile.Open(path);
        using var reader = new StreamReader(file);
        Add(reader.ReadToEnd());
    }

    /// <summary>Makes the dataset of the texts so far.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <exception cref="DlException"><c>NoWords</c>: no word occurs often enough beside another.</exception>
    public Dataset Build(string name, Action<string>? log = null)
    {
        // The most frequent word first.
        var order = Enumerable.Range(0, words.Count).Where(code => counts[code] >= options.MinimumCount)
            .OrderByDescending(code => counts[code]).ThenBy(code => words[code], StringComparer.Ordinal).ToArray();
        var numbers = new int[words.Count];
        Array.Fill(numbers, End - 1);
        foreach (var (number, code) in order.Index())
            numbers[code] = number;
        var random = new SeededRandom(options.Seed);
        var kept = Kept(order, numbers, random);
        var (centers, contexts) = Windows(kept, random);
        if (centers.Count == 0)
            throw new DlException("NoWords", DlErrorKind.InvalidData,
                $"'{name}' has {order.Length:N0} different words that occur {options.MinimumCount} times or more, and "
                + "none of them beside another. Use more text, or a smaller -MinimumCount.", name);
        var names = order.Select(code => words[code]).ToArray();
        log?.Invoke($"{text.Count(code => code >= 0):N0} words, {words.Count:N0} different; {names.Length:N0} occur "
            + $"{options.MinimumCount} times or more. Rows: {centers.Count:N0}, after frequent words were left out.");
        var facts = new ColumnFacts { HasLevelOrder = true };
        return new Dataset(name,
            [
                new TokenColumn(Word, [.. centers], names, new Shape(1)).WithFacts(facts),
                new TokenColumn(Context, [.. contexts], names, new Shape(2L * options.Window)).WithFacts(facts),
            ]);
    }

    private int Code(string word)
    {
        if (!codes.TryGetValue(word, out var code))
        {
            codes.Add(word, code = words.Count);
            words.Add(word);
            counts.Add(0);
        }

        counts[code]++;
        return code;
    }

    /// <summary>The numbers of the words that stay. A word of frequency f stays with the probability sqrt(t/f) + t/f,
    /// as in word2vec.</summary>
    private List<int> Kept(int[] order, int[] numbers, SeededRandom random)
    {
        double total = order.Sum(code => counts[code]);
        var chances = order.Select(code => options.Subsample == 0 ? 1
            : options.Subsample * total / counts[code] is var ratio ? Math.Sqrt(ratio) + ratio : 1).ToArray();
        var kept = new List<int>(text.Count);
        foreach (var code in text)
        {
            var number = code == End ? End : numbers[code];
            if (number == End || number >= 0 && (chances[number] >= 1 || random.Uniform() < chances[number]))
                kept.Add(number);
        }

        return kept;
    }

    /// <summary>Each word that has a context, and its context: the words before it, then those after it.</summary>
    private (List<int> Centers, List<int> Contexts) Windows(List<int> kept, SeededRandom random)
    {
        var (centers, contexts) = (new List<int>(kept.Count), new List<int>());
        var around = new int[2 * options.Window];
        for (var at = 0; at < kept.Count; at++)
        {
            if (kept[at] == End)
                continue;
            var window = options.FixedWindow ? options.Window : 1 + random.Below(options.Window);
            around.AsSpan().Fill(-1);
            for (var i = 1; i <= window && at - i >= 0 && kept[at - i] != End; i++)
                around[options.Window - i] = kept[at - i];
            for (var i = 1; i <= window && at + i < kept.Count && kept[at + i] != End; i++)
                around[options.Window + i - 1] = kept[at + i];
            if (around.All(code => code < 0))
                continue;
            centers.Add(kept[at]);
            contexts.AddRange(around);
        }

        return (centers, contexts);
    }
}
