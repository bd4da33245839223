using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// Clothes of ten kinds in MNIST's format: 60,000 to train on and 10,000 to test (Xiao, Rasul, Vollgraf 2017).
/// </summary>
[CatalogEntry("FashionMNIST", "Fashion-MNIST")]
public sealed record FashionMNIST : IdxImages
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses =>
    [
        new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
    ];

    /// <inheritdoc/>
    /// <remarks>Checksums from the publisher's page.</remarks>
    public override IReadOnlyList<KnownFile> Files =>
    [
        new("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        new("train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
        new("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
        new("t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310"),
    ];

    /// <inheritdoc/>
    public override Uri Homepage => new("https://github.com/zalandoresearch/fashion-mnist");

    /// <inheritdoc/>
    public override string Licence => "MIT";

    /// <inheritdoc/>
    public override string Citation =>
        "Xiao, Rasul, Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. "
            + "arXiv 1708.07747 (2017).";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Classes =>
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
}
