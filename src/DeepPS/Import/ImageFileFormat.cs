using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>A list of image files. The class is -ImageLabel or the folder's name. Uses the image parameters.</summary>
internal sealed class ImageFileFormat : ImportFormat
{
    /// <inheritdoc/>
    public override bool Merges => true;

    /// <inheritdoc/>
    public override bool Takes(string path, ImportDlDatasetCommand cmdlet) =>
        cmdlet.ImageColumn is null && ImageSetReader.IsImage(path);

    /// <inheritdoc/>
    public override Dataset Read(IReadOnlyList<ImportFile> files, ImportContext context) => ImageSetReader.ReadFiles(
        "images", files.Select(Labelled).ToArray(), ImageParameters.Options(context), context.Cancel);

    private static ImageFile Labelled(ImportFile file) =>
        new(file.Path, string.IsNullOrEmpty(file.Label) ? FolderName(file.Path) : file.Label);

    private static string? FolderName(string path) => Path.GetFileName(Path.GetDirectoryName(path));
}
