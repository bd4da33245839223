using System.Runtime.InteropServices;

namespace DeepPS.Data;

/// <summary>
/// Finds the pairs that a <see cref="BytePairTokenizer"/> merges: always the most frequent one. A merge updates
/// the counts only for the words that have the pair, so that it needs no pass over the corpus.
/// </summary>
internal sealed class BytePairTrainer
{
    /// <summary>The most frequent first; of equally frequent ones, the one with the smallest ids.</summary>
    private static readonly Comparer<(long Count, int Left, int Right)> Order =
        Comparer<(long Count, int Left, int Right)>.Create((a, b) =>
        a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Left != b.Left ? a.Left.CompareTo(b.Left)
            : a.Right.CompareTo(b.Right));

    private readonly int[][] words;
    private readonly long[] wordCounts;
    private readonly Dictionary<(int Left, int Right), long> counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> places = [];
    private readonly Dictionary<(int Left, int Right), long> before = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> queue = new(Order);

    private BytePairTrainer(Dictionary<string, long> corpus)
    {
        words = corpus.Keys.Select(BytePairTokenizer.BytesOf).ToArray();
        wordCounts = corpus.Values.ToArray();
        for (var word = 0; word < words.Length; word++)
            Add(word, 1);
    }

    /// <summary>The pairs of ids to merge, in their order.</summary>
    /// <param name="corpus">Texts and how often each occurs.</param>
    /// <param name="vocabulary">The largest number of tokens, the bytes among them.</param>
    /// <param name="least">The smallest frequency of a pair.</param>
    public static (int Left, int Right)[] Train(
        IEnumerable<(string Text, long Count)> corpus, int vocabulary, int least) =>
        new BytePairTrainer(PieceTokenizer.Count(corpus, TextWords.Of))
            .Merges(vocabulary - BytePairTokenizer.Bytes, least);

    /// <summary>A word in which a pair became one symbol, from left to right.</summary>
    public static int[] Join(int[] symbols, (int Left, int Right) pair, int merged)
    {
        var joined = new List<int>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
            if (i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right)
            {
                joined.Add(merged);
                i++;
            }
            else
                joined.Add(symbols[i]);
        return joined.ToArray();
    }

    private (int Left, int Right)[] Merges(int most, int least)
    {
        var merges = new List<(int Left, int Right)>();
        Enqueue();
        while (merges.Count < most && queue.TryDequeue(out var pair, out var order))
        {
            // The queue still has counts from before later merges.
            if (counts.GetValueOrDefault(pair) != order.Count)
                continue;
            if (order.Count < least)
                break;
            foreach (var word in places[pair])
            {
                Add(word, -1);
                words[word] = Join(words[word], pair, BytePairTokenizer.IdOf(merges.Count));
                Add(word, 1);
            }

            places.Remove(pair);
            merges.Add(pair);
            Enqueue();
        }

        return merges.ToArray();
    }

    /// <summary>Adds or removes the pairs of a word.</summary>
    private void Add(int word, int sign)
    {
        var symbols = words[word];
        for (var i = 1; i < symbols.Length; i++)
        {
            var pair = (symbols[i - 1], symbols[i]);
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _);
            before.TryAdd(pair, count);
            count += sign * wordCounts[word];
            if (sign > 0)
                (CollectionsMarshal.GetValueRefOrAddDefault(places, pair, out _) ??= []).Add(word);
        }
    }

    /// <summary>Puts the pairs whose count changed into the queue.</summary>
    private void Enqueue()
    {
        foreach (var (pair, last) in before)
            if (counts[pair] is var count && count == 0)
                counts.Remove(pair);
            else if (count != last)
                queue.Enqueue(pair, (count, pair.Left, pair.Right));
        before.Clear();
    }
}
