using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// Handwritten digits: 60,000 images to train on and 10,000 to test, grey, 28 by 28 (LeCun, Cortes, Burges 1998).
/// </summary>
[CatalogEntry("MNIST")]
public sealed record MNIST : IdxImages
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses =>
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("http://yann.lecun.com/exdb/mnist/"),
    ];

    /// <inheritdoc/>
    /// <remarks>Checksums from torchvision (datasets/mnist.py).</remarks>
    public override IReadOnlyList<KnownFile> Files =>
    [
        new("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        new("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
        new("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
        new("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c"),
    ];

    /// <inheritdoc/>
    public override Uri Homepage => new("http://yann.lecun.com/exdb/mnist/");

    /// <inheritdoc/>
    public override string Licence => "CC BY-SA 3.0";

    /// <inheritdoc/>
    public override string Citation =>
        "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition. Proceedings of the "
            + "IEEE 86 (1998).";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Classes => ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
}
