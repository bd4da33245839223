using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Fills a parameter with 0.</summary>
[CatalogEntry("Zeros")]
public sealed record Zeros : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.zero_();
}
