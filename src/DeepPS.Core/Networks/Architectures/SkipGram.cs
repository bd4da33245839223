using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Skip-gram: the vector of a word predicts each word around it, by negative sampling.</summary>
/// <remarks>Data of ConvertTo-DlSkipGram, with the columns Word and Context, and no label. Train with the optimizer
/// WordSGD. Mikolov, Sutskever, Chen, Corrado and Dean, Distributed representations of words and phrases and their
/// compositionality (2013).</remarks>
[CatalogEntry("SkipGram")]
public sealed record SkipGram : WordVectorNetwork
{
    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
        [Vectors("Word"), Compare("embedding", "Context")];
}
