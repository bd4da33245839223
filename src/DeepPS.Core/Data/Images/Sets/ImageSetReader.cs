using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Makes datasets from image files: from a folder, a list, or a table with their paths.</summary>
public static class ImageSetReader
{
    private const string ImageName = "Image";

    /// <summary>Whether a file is an image by its content, or at least by its name.</summary>
    public static bool IsImage(string path) => ImageDecoders.IsImage(path);

    /// <summary>The parts of a set that a folder holds, each in a subfolder such as train, val or test.</summary>
    /// <exception cref="DlException"><c>AmbiguousPart</c>.</exception>
    public static IReadOnlyList<string> Parts(string folder) => ImageFolder.Parts(folder);

    /// <summary>Reads a folder with a subfolder for each class, or images without classes.</summary>
    /// <param name="folder">The folder, or one with subfolders such as train and test.</param>
    /// <param name="part">One of <see cref="PartNames"/>: the subfolder to read.</param>
    /// <param name="options">How the images are read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">As <see cref="ReadFiles"/>.</exception>
    public static Dataset ReadFolder(
        string folder, string part, ImageSetOptions options, CancellationToken cancel = default) =>
        ReadFiles(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            ImageFolder.Find(folder, part, options.Log), options, cancel);

    /// <summary>Reads files, on all cores.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="files">The files, and the class of each.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>The images in their order, and a column of their classes where any has one.</returns>
    /// <exception cref="DlException">
    /// <c>NoImages</c>; <c>ImageSizesDiffer</c>: no size is set, and the images have several;
    /// <c>ImageLibraryNotFound</c>; with <see cref="ImageSetOptions.Strict"/>, what <see cref="ImagePreparation.Load"/>
    /// throws.
    /// </exception>
    public static Dataset ReadFiles(
        string name, IReadOnlyList<ImageFile> files, ImageSetOptions options, CancellationToken cancel = default)
    {
        var (images, kept) = ImageBatch.Load(ImageName, files.Select(file => file.Path).ToArray(), options, cancel);
        var levels = kept.Select(i => files[i].Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)
            .ToArray();
        if (levels.Length == 0)
            return new Dataset(name, [images]) { Budget = ImageBatch.BudgetOf(images, options) };
        var codes = kept.Select(i => files[i].Label is { } label
            ? Array.BinarySearch(levels, label, StringComparer.Ordinal) : -1).ToArray();
        options.Log?.Invoke($"{name}: {kept.Length:N0} images {images.Describe()}, of {levels.Length} classes.");
        return new Dataset(name, [images, new CategoryColumn(options.Label, codes, levels)], options.Label)
        {
            Budget = ImageBatch.BudgetOf(images, options),
        };
    }

    /// <summary>Reads the images whose paths a column of a table holds; they replace the column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column of paths, in any case.</param>
    /// <param name="folders">The folders for relative paths: the first one that has the file counts.</param>
    /// <param name="options">How the images are read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DlException">
    /// As <see cref="ReadFiles"/>; <c>ColumnNotFound</c>; <c>WrongColumnKind</c>: it is not of text.
    /// </exception>
    public static Dataset ReadColumn(Dataset table, string column, IReadOnlyList<string> folders,
        ImageSetOptions options, CancellationToken cancel = default)
    {
        var found = table.Find(column) ?? throw new DlException("ColumnNotFound", DlErrorKind.NotFound,
            $"'{column}' is not a column. Columns: {string.Join(", ", table.Columns.Select(other => other.Name))}.",
                column);
        if (found is not CategoryColumn paths)
            throw new DlException("WrongColumnKind", DlErrorKind.InvalidData,
                $"Column '{found.Name}' should hold paths of images; it is of kind {found.Kind}.", found.Name);
        var present = Enumerable.Range(0, paths.Count).Where(row => !paths.IsMissing(row)).ToArray();
        if (present.Length < paths.Count)
            options.Warn?.Invoke(
                $"{paths.Count - present.Length:N0} rows without a path in '{found.Name}' are left out.");
        var files = present.Select(row => Locate(paths.Levels[paths.Codes[row]], folders)).ToArray();
        var (images, kept) = ImageBatch.Load(found.Name, files, options, cancel);
        var rows = table.Take(Array.ConvertAll(kept, i => present[i]));
        var columns = rows.Columns.Select(other => other.Name == found.Name ? images : other).ToArray();
        return new Dataset(table.Name, columns, table.Label?.Name, table.Weight?.Name)
        {
            Budget = table.Budget ?? ImageBatch.BudgetOf(images, options),
        };
    }

    /// <summary>Sets how the images of a dataset that were not read from image files are normalised.</summary>
    public static Dataset Normalized(Dataset data, ImageNormalization normalization)
    {
        var columns = data.Columns.Select(column => column is ImageColumn
            ? column.With(column.Settings with { ImageNormalization = normalization }) : column).ToArray();
        return new Dataset(data.Name, columns, data.Label?.Name, data.Weight?.Name) { Budget = data.Budget };
    }

    private static string Locate(string path, IReadOnlyList<string> folders)
    {
        var places = folders.Select(folder => Path.Combine(folder, path)).DefaultIfEmpty(path).ToArray();
        return Array.Find(places, File.Exists) ?? places[0];
    }
}
