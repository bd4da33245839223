using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// The letters A to J in many fonts, in MNIST's format: 60,000 to train on and 10,000 to test (Bulatov 2011). About one
/// in fifteen labels of the first is wrong, and one in two hundred of the second.
/// </summary>
/// <remarks>
/// A sample of the published 529,119 and 18,726 images with as many of each letter, which D. Flanagan published in IDX
/// files with Bulatov's permission.
/// </remarks>
[CatalogEntry("NotMNIST")]
public sealed record NotMNIST : IdxImages
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses =>
    [
        new("https://raw.githubusercontent.com/davidflanagan/notMNIST-to-MNIST/"
            + "17823f4d4a3acd8317c07866702d2eb2ac79c7a0/"),
        new("https://github.com/davidflanagan/notMNIST-to-MNIST/raw/master/"),
    ];

    /// <inheritdoc/>
    /// <remarks>Checksums of the files of that repository.</remarks>
    public override IReadOnlyList<KnownFile> Files =>
    [
        new("train-images-idx3-ubyte.gz", null, "d916d7283fce4d08db9867c640ec0042"),
        new("train-labels-idx1-ubyte.gz", 29_455, "eab59f88903339e01dac19deed3824c0"),
        new("t10k-images-idx3-ubyte.gz", 3_172_375, "2c87c839a4ef9b238846600eec8c35b7"),
        new("t10k-labels-idx1-ubyte.gz", 5_118, "7ea9118cbafd0f6e3ee2ad771d782a01"),
    ];

    /// <inheritdoc/>
    public override Uri Homepage => new("https://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html");

    /// <inheritdoc/>
    public override string Licence => "None stated by its author; the repository of these files has the MIT licence";

    /// <inheritdoc/>
    public override string Citation => "Bulatov: notMNIST dataset (2011).";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Classes => ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
}
