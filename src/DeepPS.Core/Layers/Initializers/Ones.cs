using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Fills a parameter with 1.</summary>
[CatalogEntry("Ones")]
public sealed record Ones : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.fill_(1);
}
