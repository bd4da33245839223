using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>A format that Import-DlDataset reads. It picks the cmdlet's parameters that apply to it.</summary>
internal abstract class ImportFormat
{
    /// <summary>
    /// All formats. The first one that takes a path reads it, so formats that look at a file's content precede those
    /// that take anything. Merged datasets are written in this order.
    /// </summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
        [new CifarFormat(), new IdxFormat(), new ImageFolderFormat(), new ImageFileFormat(), new TableFormat()];

    /// <summary>Whether several files become one dataset, which is read after the last pipeline input.</summary>
    public virtual bool Merges => false;

    /// <summary>The format of a file or folder.</summary>
    public static ImportFormat Of(string path, ImportDlDatasetCommand cmdlet) =>
        All.First(format => format.Takes(path, cmdlet));

    /// <summary>Whether the format reads this file or folder.</summary>
    public abstract bool Takes(string path, ImportDlDatasetCommand cmdlet);

    /// <summary>The parts that a file or folder holds, such as Train and Test; none where it has no parts.</summary>
    public virtual IReadOnlyList<string> Parts(string path) => [];

    /// <summary>Reads one dataset.</summary>
    /// <param name="files">The files; exactly one unless <see cref="Merges"/>.</param>
    /// <param name="context">The part to read, the parameters, progress and messages.</param>
    public abstract Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context);
}
