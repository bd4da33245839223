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

    /// <summary>The parts of a set that a folder holds, each in a folder with its name; none where it has other
    /// folders too.</summary>
    public static IReadOnlyList<string> Parts(string folder) => PartFolders(folder).Keys.ToArray();

    /// <summary>
    /// The images in the order of their paths. Where no subfolder has any, those in the folder itself, without a class.
    /// </summary>
    /// <param name="folder">The folder, or one with a subfolder for each part.</param>
    /// <param name="part">One of <see cref="PartNames"/>: the part to read, where the folder holds parts.</param>
    /// <param name="log">Told of skipped files.</param>
    /// <exception cref="DlException"><c>NoImages</c>; <c>FileNotFound</c>: there is no such part.</exception>
    public static IReadOnlyList<ImageFile> Find(string folder, string part, Action<string>? log)
    {
        var parts = PartFolders(folder);
        if (parts.Count > 0)
        {
            if (!parts.TryGetValue(part, out var own))
                throw new DlException("FileNotFound", DlErrorKind.NotFound,
                    $"Folder '{folder}' has no part '{part}'; "
                    + $"it has {string.Join(", ", parts.Values.Select(Path.GetFileName))}.", folder);
            log?.Invoke($"'{folder}' holds the parts of a set; '{own}' is read.");
            folder = own;
        }

        var folders = Folders(folder);
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

    /// <summary>The folder of each part, in the order of the parts.</summary>
    /// <exception cref="DlException"><c>AmbiguousPart</c>: several folders have names of one part.</exception>
    private static SortedDictionary<string, string> PartFolders(string folder)
    {
        var found = new SortedDictionary<string, string>(Comparer<string>.Create((a, b) =>
            PartNames.Of(a).CompareTo(PartNames.Of(b))));
        foreach (var path in Folders(folder))
        {
            if (PartNames.Of(Path.GetFileName(path)) is not (>= 0 and var part))
                return [];
            if (!found.TryAdd(PartNames.All[part], path))
                throw new DlException("AmbiguousPart", DlErrorKind.InvalidArgument,
                    $"'{found[PartNames.All[part]]}' and '{path}' are both the part {PartNames.All[part]}. Rename one, "
                    + "or import the folder of a part by its own path.", folder);
        }

        return found;
    }

    private static string[] Folders(string folder) => Sorted(Directory.GetDirectories(folder, "*", Directly));

    private static string[] Sorted(string[] paths) => paths.Order(StringComparer.Ordinal).ToArray();
}
