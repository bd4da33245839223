using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A published dataset on disk. <c>Import-DlDataset</c> reads it from the pipeline.</summary>
public sealed class SavedDataset
{
    private readonly KnownDataset dataset;

    internal SavedDataset(KnownDataset dataset, string path)
    {
        this.dataset = dataset;
        Path = path;
        Files = dataset.Files.Select(file => new FileInfo(System.IO.Path.Combine(path, file.Name))).ToArray();
    }

    /// <summary>Its name.</summary>
    public string Name => dataset.Name;

    /// <summary>The folder that holds its files.</summary>
    public string Path { get; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<FileInfo> Files { get; }

    /// <summary>The parts that it was published in; none where it has no parts.</summary>
    public IReadOnlyList<string> Parts => dataset.Parts;

    /// <summary>The size of its files in bytes.</summary>
    public long Size => Files.Sum(file => file.Length);

    /// <summary>The licence stated by its publisher.</summary>
    public string Licence => dataset.Licence;

    /// <summary>The publication to cite.</summary>
    public string Citation => dataset.Citation;

    /// <summary>Its publisher's page.</summary>
    public Uri Homepage => dataset.Homepage;

    /// <summary>Reads it. The dataset has defaults for options that are not set, such as the label.</summary>
    /// <param name="part">One of <see cref="Parts"/>; ignored where there are none.</param>
    /// <param name="options">How a table is read, and which column is the label.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">As the reader of its format.</exception>
    public Dataset Read(string part, CsvOptions options, CancellationToken cancel = default) =>
        dataset.Read(Path, part, options, cancel);

    /// <summary>The folder.</summary>
    public override string ToString() => Path;
}
