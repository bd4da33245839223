using System.Globalization;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Reads images and labels in the binary form of CIFAR-10 and CIFAR-100 from a file, a folder, or the published
/// archive.
/// </summary>
public static class CifarReader
{
    /// <summary>More bytes than any set of this form has.</summary>
    private const long MostBytes = 1 << 30;

    /// <summary>The largest size of a list of class names in bytes.</summary>
    private const int MostNames = 1 << 16;

    /// <summary>Whether a path is, by name, such a file, an archive, or a folder that holds them.</summary>
    public static bool Holds(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Any(IsFile) || ArchiveIn(path) is not null
        : FileSet.IsArchive(path) || IsFile(path);

    /// <summary>The parts that a folder or an archive holds; none for a single file.</summary>
    /// <exception cref="DlException">As <see cref="Read(string, string, string, CancellationToken)"/>.</exception>
    public static IReadOnlyList<string> Parts(string path)
    {
        if (IsFile(path) && !Directory.Exists(path))
            return [];
        var names = new List<string>();
        foreach (var (name, _) in FileSet.Read(SourceOf(path), IsFile))
            names.Add(name);
        return new[] { PartNames.Train, PartNames.Test }.Where(part => names.Any(name => Holds(name, part))).ToArray();
    }

    /// <summary>Reads one part of a set, or one file of it.</summary>
    /// <param name="path">
    /// A folder or an archive that holds the files of a set, or one such file (<c>data_batch_1.bin</c>,
    /// <c>train.bin</c>).
    /// </param>
    /// <param name="part">One of <see cref="PartNames"/>; ignored for a single file.</param>
    /// <param name="label">The label: <c>Label</c>, or <c>CoarseLabel</c> in CIFAR-100; null: the former.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>
    /// Columns Image (3 x 32 x 32 bytes) and the label; classes have the names that the files give, else numbers.
    /// </returns>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>: there is no such part; <c>NotCifar</c>, <c>CorruptArchive</c>, <c>LabelNotFound</c>,
    /// <c>TruncatedGzip</c>, <c>EmptyFile</c>.
    /// </exception>
    public static Dataset Read(
        string path, string part = "Train", string? label = null, CancellationToken cancel = default)
    {
        var file = Path.GetFileName(path);
        if (IsFile(path) && !Directory.Exists(path))
            return Read(Path.GetDirectoryName(Path.GetFullPath(path))!, name => name == file, file, label, cancel);
        var source = SourceOf(path);
        return Read(source, name => Holds(name, part), $"{NameOf(source)} ({part})", label, cancel);
    }

    private static string SourceOf(string path) => Directory.Exists(path) ? ArchiveIn(path) ?? path : path;

    private static bool Holds(string name, string part) => CifarForm.Of(name) is { } form
        && !part.Equals(PartNames.Validation, StringComparison.OrdinalIgnoreCase)
        && form.Holds(name, part.Equals(PartNames.Test, StringComparison.OrdinalIgnoreCase));

    private static Dataset Read(
        string source, Func<string, bool> wanted, string name, string? label, CancellationToken cancel)
    {
        var batches = new List<CifarBatch>();
        var names = new Dictionary<string, string[]>();
        CifarForm? form = null;
        foreach (var (file, content) in FileSet.Read(source, file => wanted(file) || IsNames(file)))
        {
            if (IsNames(file))
                names[file] = ReadNames(content);
            else if (CifarForm.Of(file) is var found && (form ??= found) == found)
            {
                batches.Add(CifarBatch.Read(source, file, content, found!, cancel));
                if (batches.Sum(batch => (long)batch.Records.Length) > MostBytes)
                    throw CifarBatch.NotCifar(source, file, $"the files have more than {MostBytes:N0} bytes together");
            }
        }

        if (form is null)
            throw new DlException("FileNotFound", DlErrorKind.NotFound,
                $"'{source}' has no binary CIFAR file for {name}, "
                + $"such as {string.Join(" or ", CifarForm.All.Select(f => f.TrainNames + "1.bin"))}.", source);
        batches.Sort((a, b) => (a.Name.Length, a.Name).CompareTo((b.Name.Length, b.Name)));
        return Build(source, form, batches, names, name, label);
    }

    private static Dataset Build(
        string source, CifarForm form, List<CifarBatch> batches, Dictionary<string, string[]> names, string name,
            string? label)
    {
        var size = (int)CifarForm.ImageShape.Size;
        var count = batches.Sum(batch => (long)batch.Records.Length) / form.RecordSize;
        if (count * size > Array.MaxLength)
            throw CifarBatch.NotCifar(source, batches[^1].Name, $"{count:N0} images are too many for one array");
        var at = form.LabelAt(label);
        var pixels = GC.AllocateUninitializedArray<byte>((int)count * size);
        var codes = new int[count];
        var first = 0;
        foreach (var batch in batches)
        {
            batch.CopyTo(form, at, pixels.AsSpan(first * size), codes.AsSpan(first));
            first += batch.Records.Length / form.RecordSize;
        }

        var levels = Levels(source, batches, codes.Max(), names.GetValueOrDefault(form.Labels[at].NamesFile));
        var image = new ImageColumn("Image", pixels, CifarForm.ImageShape);
        return new Dataset(name, [image, new CategoryColumn(form.Labels[at].Name, codes, levels)],
            form.Labels[at].Name);
    }

    private static string[] Levels(
        string source, List<CifarBatch> batches, int highest, string[]? names) => names switch
        {
            null => Enumerable.Range(0, highest + 1).Select(level => level.ToString(CultureInfo.InvariantCulture))
                .ToArray(),
            _ when highest < names.Length => names,
            _ => throw CifarBatch.NotCifar(
                source, batches[^1].Name, $"a label is {highest}, but there are only {names.Length} names of classes"),
        };

    private static bool IsNames(string file) =>
        CifarForm.All.Any(form => form.Labels.Any(label => label.NamesFile == file));

    private static string[] ReadNames(Stream content)
    {
        var bytes = new byte[MostNames];
        var count = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, count)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// The single CIFAR archive in a folder, as Save-DlDataset leaves it; null where there are extracted files, or
    /// none.
    /// </summary>
    private static string? ArchiveIn(string folder)
    {
        var files = Directory.GetFiles(folder);
        return !files.Any(IsFile) && files.Where(IsArchive).ToArray() is [var one] ? one : null;
    }

    private static bool IsArchive(string file) =>
        FileSet.IsArchive(file) && Path.GetFileName(file).StartsWith("cifar", StringComparison.OrdinalIgnoreCase);

    private static bool IsFile(string file) => CifarForm.Of(Path.GetFileName(file)) is not null;

    private static string NameOf(string source)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        return FileSet.IsArchive(name) ? name[..name.LastIndexOf(".t", StringComparison.OrdinalIgnoreCase)] : name;
    }
}
