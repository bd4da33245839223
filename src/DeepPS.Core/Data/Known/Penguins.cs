using DeepPS.Catalog;

namespace DeepPS.Data;

/// <summary>
/// Measurements of 344 penguins of three species from the Palmer Archipelago (Horst, Hill, Gorman 2020). Reads the tidy
/// table; the raw one, <c>penguins_raw.csv</c>, is saved beside it.
/// </summary>
[CatalogEntry("Penguins", "PalmerPenguins")]
public sealed record Penguins : KnownDataset
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses =>
        [new("https://raw.githubusercontent.com/allisonhorst/palmerpenguins/v0.1.0/inst/extdata/")];

    /// <inheritdoc/>
    public override IReadOnlyList<KnownFile> Files =>
    [
        new("penguins.csv", 15_241, "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"),
        new("penguins_raw.csv", 53_098, "144f623143c9360fd77322a4f86acb06dc198814dbd2669724c63e6457b907bd"),
    ];

    /// <inheritdoc/>
    public override Uri Homepage => new("https://allisonhorst.github.io/palmerpenguins/");

    /// <inheritdoc/>
    public override string Licence => "CC0 1.0";

    /// <inheritdoc/>
    public override string Citation =>
        "Horst, Hill, Gorman: palmerpenguins: Palmer Archipelago (Antarctica) penguin data (2020). doi "
            + "10.5281/zenodo.3960218.";

    /// <inheritdoc/>
    public override Dataset Read(string folder, string part, CsvOptions options, CancellationToken cancel = default) =>
        CsvReader.ReadMany([Path.Combine(folder, Files[0].Name)], options with { Label = options.Label ?? "species" },
            cancel).Named(Name);
}
