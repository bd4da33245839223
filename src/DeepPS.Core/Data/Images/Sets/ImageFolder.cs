using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Finds the images of a folder, with a subfolder for each class.</summary>
internal static class ImageFolder
{
    private const int DeepestFolder = 16;

    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestFolder,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    private static readonly EnumerationOptions Directly = new() { AttributesToSkip = Below.AttributesToSkip };

    /// <summary>The names of the folders of a set's parts.</summary>
    private static readonly Dictionary<string, string[]> PartNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Train"] = ["train", "training"],
        ["Test"] = ["test", "testing", "val", "valid", "validation"],
    };

    /// <summary>
    /// The images in the order of their paths. Where no subfolder has any, those in the folder itself, without a class.
    /// </summary>
    /// <param name="folder">The folder, or one with a subfolder for each part.</param>
    /// <param name="part"><c>Train</c> or <c>Test</c>: the part to read, where the folder holds parts.</param>
    /// <param name="log">Told of skipped files.</param>
    /// <exception cref="DlException"><c>NoImages</c>; <c>FileNotFound</c>: there is no such part.</exception>
    public static IReadOnlyList<ImageFile> Find(string folder, string part, Action<string>? log)
    {
        var folders = Sorted(Directory.GetDirectories(folder, "*", Directly));
        if (folders.Length > 0 && folders.All(path => PartNames.Values.Any(names => IsNamed(path, names))))
        {
            var own = Array.Find(folders, path => IsNamed(path, PartNames[part]))
                ?? throw new DlException("FileNotFound", DlErrorKind.NotFound,
                    $"Folder '{folder}' has no part '{part}'; "
                    + $"it has {string.Join(", ", folders.Select(Path.GetFileName))}.", folder);
            log?.Invoke($"'{folder}' holds the parts of a set; '{own}' is read.");
            return Find(own, part, log);
        }

        var files = folders.SelectMany(path => Sorted(Directory.GetFiles(path, "*", Below))
            .Select(file => new ImageFile(file, Path.GetFileName(path)))).ToArray();
        var images = Images(files, log);
        if (images.Length == 0)
            images = Images(Sorted(Directory.GetFiles(folder, "*", Directly))
                .Select(file => new ImageFile(file, null)).ToArray(), log);
        return images.Length > 0 ? images : throw new DlException("NoImages", DlErrorKind.NotFound,
            $"Folder '{folder}' holds no images and no IDX files. Put the images of each class into a subfolder with "
            + $"its name: {folder}{Path.DirectorySeparatorChar}cat, ...", folder);
    }

    private static ImageFile[] Images(ImageFile[] files, Action<string>? log)
    {
        var images = files.Where(file => ImageDecoders.IsImage(file.Path)).ToArray();
        if (images.Length > 0 && images.Length < files.Length)
            log?.Invoke($"{files.Length - images.Length:N0} files are skipped: they are not images.");
        return images;
    }

    private static bool IsNamed(string path, string[] names) =>
        names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    private static string[] Sorted(string[] paths) => paths.Order(StringComparer.Ordinal).ToArray();
}
