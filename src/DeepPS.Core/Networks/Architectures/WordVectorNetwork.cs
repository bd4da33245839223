using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Networks;

/// <summary>Base of networks that learn vectors of words from the words around them (word2vec). Their data is made by
/// ConvertTo-DlSkipGram; the vectors are those of the layer <c>embedding</c>.</summary>
public abstract record WordVectorNetwork : Architecture
{
    /// <summary>The size of a word's vector.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Features { get; init; } = 100;

    /// <summary>The number of words that are drawn at random for each word to predict.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Negatives { get; init; } = 5;

    /// <summary>The vectors of words, small at first as in word2vec.</summary>
    private protected Embedding Vectors(string input) => new()
    {
        Name = "embedding", Features = Features, From = [input],
        WeightInitializer = new Uniform { Low = -0.5 / Features, High = 0.5 / Features },
    };

    /// <summary>Compares a vector with words.</summary>
    private protected NegativeSampling Compare(string vector, string input) => new()
    {
        Name = "sampling", Negatives = Negatives, From = [vector, input], OutputLoss = new LogLikelihood(),
    };
}
