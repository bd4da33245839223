using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>A folder with a folder of images for each class. Uses -Part and the image parameters.</summary>
internal sealed class ImageFolderFormat : ImportFormat
{
    /// <inheritdoc/>
    public override bool Takes(string path, ImportDlDatasetCommand cmdlet) => Directory.Exists(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts(string path) => ImageSetReader.Parts(path);

    /// <inheritdoc/>
    public override Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context) => ImageSetReader.ReadFolder(
        files[0].Path, context.Part, ImageParameters.Options(context), context.Cancel);
}
