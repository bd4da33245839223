using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Fills a parameter with one number.</summary>
[CatalogEntry("Constant")]
public sealed record Constant : Initializer
{
    /// <summary>The number.</summary>
    [Setting(Position = 0)]
    public double Value { get; init; }

    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.fill_(Value);
}

/// <summary>Fills a parameter with 0.</summary>
[CatalogEntry("Zeros")]
public sealed record Zeros : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.zero_();
}

/// <summary>Fills a parameter with 1.</summary>
[CatalogEntry("Ones")]
public sealed record Ones : Initializer
{
    public override void Fill(Tensor tensor, Fan fan, Generator generator) => tensor.fill_(1);
}
