using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Inference;

/// <summary>The vectors of words of a model that reads words by an Embedding layer.</summary>
public sealed class WordVectors
{
    private readonly Dictionary<string, int> places;
    private readonly WordTable table;
    private readonly string model;

    private WordVectors(string model, WordTable table)
    {
        (this.model, this.table) = (model, table);
        places = table.Words.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>The words, in the order of the vectors.</summary>
    public IReadOnlyList<string> Words => table.Words;

    /// <summary>The vectors, (words, features).</summary>
    internal Tensor Vectors => table.Vectors;

    /// <summary>The vectors of a model's words.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="layer">The name of the Embedding layer; null for the first that reads words.</param>
    /// <exception cref="DlException"><c>NoWords</c>: the model has none.</exception>
    public static WordVectors Of(Model model, string? layer = null) => new(model.Name, WordTable.Of(model, layer));

    /// <summary>Writes a file of word vectors as text.</summary>
    /// <param name="path">The file; its extension is usually .vec.</param>
    public void Save(string path) => WordVectorFile.Write(path, Words, Vectors);

    /// <summary>The words whose vectors are nearest, by the cosine, to the sum of the directions of some words minus
    /// those of others; none of these words is found (Mikolov, Yih and Zweig 2013).</summary>
    /// <param name="positive">The words to add.</param>
    /// <param name="negative">The words to subtract.</param>
    /// <param name="count">The number of words to find.</param>
    /// <exception cref="DlException"><c>UnknownWord</c>.</exception>
    public IReadOnlyList<NearestWord> Find(IReadOnlyList<string> positive, IReadOnlyList<string> negative, int count)
    {
        TorchRuntime.Ensure();
        var (plus, minus) = (positive.Select(PlaceOf).ToArray(), negative.Select(PlaceOf).ToArray());
        using var turn = ThreadTurn.Take(Threads.Count(null));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var directions = F.normalize(Vectors, dim: 1);
        var sum = zeros([1, directions.shape[1]], device: directions.device);
        foreach (var (own, sign) in plus.Select(own => (own, 1)).Concat(minus.Select(own => (own, -1))))
            sum = sum.add(directions.narrow(0, own, 1), sign);
        var taken = plus.Concat(minus).ToHashSet();
        var (distances, found) = NearestVectors.Of(sum, directions, count + taken.Count, NeighborDistance.Cosine);
        return Enumerable.Range(0, found.GetLength(1)).Where(i => !taken.Contains((int)found[0, i])).Take(count)
            .Select((i, order) => new NearestWord
            {
                Order = order + 1, Word = Words[(int)found[0, i]], Similarity = 1 - distances[0, i],
            }).ToArray();
    }

    /// <summary>The place of a word; in any case, if it is not there as it is written.</summary>
    /// <exception cref="DlException"><c>UnknownWord</c>.</exception>
    internal int PlaceOf(string word)
    {
        if (places.TryGetValue(word, out var place) || places.TryGetValue(word.ToLowerInvariant(), out place))
            return place;
        var nearest = NearestName.Of(word, Words.ToArray());
        throw new DlException("UnknownWord", DlErrorKind.NotFound,
            $"Model '{model}' has no vector of the word '{word}'"
            + (nearest.Count > 0 ? $". Did you mean {string.Join(" or ", nearest)}?"
                : $", nor of one with a similar spelling; it has {Words.Count:N0} words."), word);
    }
}
