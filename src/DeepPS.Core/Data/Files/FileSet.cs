using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The files of a folder, or of a tar archive, gzipped or not. An archive is not unpacked.</summary>
internal static class FileSet
{
    /// <summary>Whether a file is an archive, by its name.</summary>
    public static bool IsArchive(string path) =>
        new[] { ".tar", ".tar.gz", ".tgz" }.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Enumerates files one after the other. Read each before asking for the next.</summary>
    /// <param name="path">The folder or the archive.</param>
    /// <param name="wanted">Selects the files to read, by name without folder.</param>
    /// <exception cref="DlException">
    /// <c>CorruptArchive</c>, and as <see cref="DataFile"/>; also when a file is read.
    /// </exception>
    public static IEnumerable<(string Name, Stream Content)> Read(string path, Func<string, bool> wanted) =>
        Directory.Exists(path) ? ReadFolder(path, wanted) : ReadArchive(path, wanted);

    private static IEnumerable<(string Name, Stream Content)> ReadFolder(string path, Func<string, bool> wanted)
    {
        foreach (var file in Directory.GetFiles(path).Where(file => wanted(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal))
        {
            using var stream = DataFile.Open(file);
            yield return (Path.GetFileName(file), stream);
        }
    }

    private static IEnumerable<(string Name, Stream Content)> ReadArchive(string path, Func<string, bool> wanted)
    {
        using var file = DataFile.Open(path);
        using var tar = new TarContent(file);
        while (Checked(path, file, tar.MoveNext))
        {
            var name = tar.Name[(tar.Name.LastIndexOfAny(['/', '\\']) + 1)..];
            if (wanted(name))
                yield return (name, new EntryContent(path, file, tar));
        }

        file.EnsureWhole();
    }

    private static T Checked<T>(string path, DataFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            // A file that was cut short says so.
            file.EnsureWhole();
            throw new DlException("CorruptArchive", DlErrorKind.InvalidData,
                $"The archive '{path}' is damaged: {e.Message}. Download or copy it again.", path, e);
        }
    }

    /// <summary>The content of one file in an archive.</summary>
    private sealed class EntryContent(string path, DataFile file, Stream content) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            try
            {
                return content.Read(buffer);
            }
            catch (InvalidDataException e)
            {
                return Checked<int>(path, file, () => throw e);
            }
        }
    }
}
