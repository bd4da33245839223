using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A published dataset: its files, their addresses and checksums, its licence and source, and how it is read.
/// </summary>
[CatalogBase(CatalogKind.KnownDataset)]
public abstract record KnownDataset : CatalogItem
{
    /// <summary>Its name, which is also that of its folder.</summary>
    public virtual string Name => Entry.Name;

    /// <summary>The addresses of its files without the file's name, in the order in which they are tried.</summary>
    public abstract IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Its files.</summary>
    public abstract IReadOnlyList<KnownFile> Files { get; }

    /// <summary>Its publisher's page.</summary>
    public abstract Uri Homepage { get; }

    /// <summary>The licence stated by its publisher.</summary>
    public abstract string Licence { get; }

    /// <summary>The publication to cite.</summary>
    public abstract string Citation { get; }

    /// <summary>The parts that it was published in; none where it has no parts.</summary>
    public virtual IReadOnlyList<string> Parts => [];

    /// <summary>The size of its files in bytes; null where that of one is not published.</summary>
    public long? Size => KnownFile.SizeOf(Files);

    /// <summary>Reads it from the folder where its files were saved.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">One of <see cref="Parts"/>; ignored where there are none.</param>
    /// <param name="options">How a table is read, and which column is the label; the dataset has defaults.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">As the reader of its format.</exception>
    public abstract Dataset Read(string folder, string part, CsvOptions options, CancellationToken cancel = default);
}
