using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>
/// IDX files, as MNIST is published: a pair of files, or a folder of them. Uses -LabelPath and -Part.
/// </summary>
internal sealed class IdxFormat : ImportFormat
{
    /// <inheritdoc/>
    public override bool Takes(string path, ImportDlDatasetCommand cmdlet) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Any(IsIdx)
        : cmdlet.LabelPath is not null || IsIdx(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts(string path) => Directory.Exists(path) ? IdxReader.Parts(path) : [];

    /// <inheritdoc/>
    public override Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        var (path, cmdlet) = (files[0].Path, context.Cmdlet);
        var data = Directory.Exists(path)
            ? IdxReader.ReadFolder(path, context.Part, context.Cancel)
            : IdxReader.Read(path, context.Resolve(cmdlet.LabelPath), context.Cancel);
        return ImageParameters.Normalize(data, cmdlet);
    }

    private static bool IsIdx(string path) => Path.GetFileName(path) is var name
        && name.Contains("idx", StringComparison.OrdinalIgnoreCase)
        && name.Contains("ubyte", StringComparison.OrdinalIgnoreCase);
}
