using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Reads images and labels from IDX files, the format of MNIST, gzipped or not.</summary>
public static class IdxReader
{
    /// <summary>Reads images, and a label for each.</summary>
    /// <param name="imagesPath">
    /// Images: bytes along 3 axes (count, height, width) or 4 (count, channels, height, width).
    /// </param>
    /// <param name="labelsPath">Class numbers: bytes along one axis; null: no labels.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>, <c>EmptyFile</c>, <c>NotIdx</c>, <c>WrongCount</c>, <c>TruncatedGzip</c>.
    /// </exception>
    public static Dataset Read(string imagesPath, string? labelsPath = null, CancellationToken cancel = default)
    {
        var images = IdxFile.Read(imagesPath, cancel);
        Shape shape = images.Sizes switch
        {
            [_, var height, var width] => new Shape(1L, height, width),
            [_, var channels, var height, var width] => new Shape((long)channels, height, width),
            _ => throw IdxFile.NotIdx(
                imagesPath, "images must have 3 axes (count, height, width) or 4 (count, channels, "
                + $"height, width); this has {images.Sizes.Length}: {images.Describe()}"),
        };
        var image = new ImageColumn("Image", images.Values, shape);
        var name = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(imagesPath))) ?? imagesPath;
        return labelsPath is null
            ? new Dataset(name, [image])
            : new Dataset(name, [image, ReadLabels(labelsPath, images, cancel)], "Label");
    }

    /// <summary>The parts of which a folder holds the images, by their usual names.</summary>
    public static IReadOnlyList<string> Parts(string folder) => PartNames.All
        .Where(part => Directory.EnumerateFiles(folder).Any(file =>
            Beginnings(part).Any(name => IsUsualName(Path.GetFileName(file), $"{name}-images", "idx3"))))
        .ToArray();

    /// <summary>
    /// Reads one part of a folder with the four files of MNIST or a similar set, by their usual names.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">One of <see cref="PartNames"/>; the files of the test may begin with <c>t10k</c>.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// As <see cref="Read"/>; <c>AmbiguousFile</c>: several files have such a name.
    /// </exception>
    public static Dataset ReadFolder(string folder, string part, CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder))
            throw new DlException("FileNotFound", DlErrorKind.NotFound, $"There is no folder '{folder}'.", folder);
        var parts = Beginnings(part);
        var data = Read(Find(folder, parts, "images", "idx3"), Find(folder, parts, "labels", "idx1"), cancel);
        return data.Named($"{data.Name} ({part})");
    }

    private static string[] Beginnings(string part) =>
        part.Equals(PartNames.Test, StringComparison.OrdinalIgnoreCase) ? ["t10k", "test"]
        : [part.ToLowerInvariant()];

    private static CategoryColumn ReadLabels(string path, IdxFile images, CancellationToken cancel)
    {
        var labels = IdxFile.Read(path, cancel);
        if (labels.Sizes.Length != 1)
            throw IdxFile.NotIdx(
                path, $"labels must have one axis; this has {labels.Sizes.Length}: {labels.Describe()}");
        if (labels.Count != images.Count)
            throw new DlException("WrongCount", DlErrorKind.InvalidData,
                $"'{path}' holds {labels.Count:N0} labels, but '{images.Path}' {images.Count:N0} images; each image "
                + "needs one.", path);
        var levels = Enumerable.Range(0, labels.Values.Max() + 1)
            .Select(level => level.ToString(CultureInfo.InvariantCulture)).ToArray();
        return new CategoryColumn("Label", Array.ConvertAll(labels.Values, value => (int)value), levels);
    }

    /// <summary>
    /// The file with a usual name, such as t10k-images-idx3-ubyte, t10k-images.idx3-ubyte.gz, emnist-letters-train-....
    /// </summary>
    private static string Find(string folder, string[] parts, string what, string axes)
    {
        var names = Directory.GetFiles(folder)
            .Where(file => parts.Any(part => IsUsualName(Path.GetFileName(file), $"{part}-{what}", axes)))
            .Order(StringComparer.Ordinal).ToArray();
        return names switch
        {
            [var one] => one,
            [var plain, var zipped] when zipped == plain + ".gz" => plain,
            [] => throw new DlException("FileNotFound", DlErrorKind.NotFound,
                $"Folder '{folder}' has no file '{parts[0]}-{what}-{axes}-ubyte' or "
                + $"'{parts[0]}-{what}-{axes}-ubyte.gz'.", folder),
            _ => throw new DlException("AmbiguousFile", DlErrorKind.InvalidArgument,
                $"Folder '{folder}' has several files of {what}: {string.Join(", ", names.Select(Path.GetFileName))}. "
                + "Give the paths of the files instead.", folder),
        };
    }

    private static bool IsUsualName(string file, string beginning, string axes)
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return new[] { $"{beginning}-{axes}-ubyte", $"{beginning}.{axes}-ubyte" }.Any(usual =>
            name.Equals(usual, StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("-" + usual, StringComparison.OrdinalIgnoreCase));
    }
}
