using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>Four measurements of 150 irises of three species, in centimetres (Fisher 1936, Anderson 1935).</summary>
[CatalogEntry("Iris")]
public sealed record Iris : KnownDataset
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses =>
        [new("https://archive.ics.uci.edu/ml/machine-learning-databases/iris/")];

    /// <inheritdoc/>
    public override IReadOnlyList<KnownFile> Files =>
        [new("iris.data", 4_551, "6f608b71a7317216319b4d27b4d9bc84e6abd734eda7872b71a458569e2656c0")];

    /// <inheritdoc/>
    public override Uri Homepage => new("https://archive.ics.uci.edu/dataset/53/iris");

    /// <inheritdoc/>
    public override string Licence => "CC BY 4.0";

    /// <inheritdoc/>
    public override string Citation => "Fisher: Iris. UCI Machine Learning Repository (1936). doi 10.24432/C56C76.";

    /// <inheritdoc/>
    public override Dataset Read(string folder, string part, CsvOptions options, CancellationToken cancel = default) =>
        CsvReader.ReadMany([Path.Combine(folder, Files[0].Name)], options with
        {
            Header = false,
            Names = ["SepalLength", "SepalWidth", "PetalLength", "PetalWidth", "Species"],
            Label = options.Label ?? "Species",
        }, cancel).Named(Name);
}
