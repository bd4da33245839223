namespace DeepPS.Data;

/// <summary>
/// A published dataset of coloured images of 32 by 32 pixels in the binary form of CIFAR, in one archive.
/// </summary>
public abstract record CifarImages : KnownDataset
{
    /// <inheritdoc/>
    public override IReadOnlyList<Uri> Addresses => [new("https://www.cs.toronto.edu/~kriz/")];

    /// <inheritdoc/>
    public override Uri Homepage => new("https://www.cs.toronto.edu/~kriz/cifar.html");

    /// <inheritdoc/>
    public override string Licence => "None stated; its publisher asks to be cited";

    /// <inheritdoc/>
    public override string Citation =>
        "Krizhevsky: Learning multiple layers of features from tiny images. Technical report, University of Toronto "
            + "(2009).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [PartNames.Train, PartNames.Test];

    /// <inheritdoc/>
    public override Dataset Read(string folder, string part, CsvOptions options, CancellationToken cancel = default) =>
        CifarReader.Read(Path.Combine(folder, Files[0].Name), part, options.Label, cancel).Named($"{Name} ({part})");
}
