using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>
/// Binary files of CIFAR-10 and CIFAR-100: a file, a folder of them, or their archive. Uses -Part and -Label.
/// </summary>
internal sealed class CifarFormat : ImportFormat
{
    /// <inheritdoc/>
    public override bool Takes(string path, ImportDlDatasetCommand cmdlet) => CifarReader.Holds(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts(string path) => CifarReader.Parts(path);

    /// <inheritdoc/>
    public override Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        var cmdlet = context.Cmdlet;
        var data = CifarReader.Read(files[0].Path, context.Part, cmdlet.Label.FirstOrDefault(), context.Cancel);
        return ImageParameters.Normalize(data, cmdlet);
    }
}
