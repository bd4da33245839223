using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Continuous bag of words: the mean vector of the words around a word predicts it, by negative
/// sampling.</summary>
/// <remarks>Data of ConvertTo-DlSkipGram, with the columns Word and Context, and no label. Train with the optimizer
/// WordSGD. Mikolov, Chen, Corrado and Dean, Efficient estimation of word representations in vector space
/// (2013).</remarks>
[CatalogEntry("CBOW", "ContinuousBagOfWords")]
public sealed record CBOW : WordVectorNetwork
{
    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Vectors("Context"),
        new SequenceMean { Name = "mean", From = ["embedding", "Context"] },
        Compare("mean", "Word"),
    ];
}
