using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>A file that a cmdlet is to write.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path that cannot be written, before the work is done.</summary>
    /// <param name="path">The file.</param>
    /// <param name="noClobber">Whether a file that is there is to stay.</param>
    /// <param name="force">Whether a read-only file is replaced.</param>
    /// <exception cref="DlException"><c>NotAFilePath</c>, <c>DirectoryNotFound</c>, <c>FileExists</c>, <c>FileReadOnly</c>.</exception>
    public static void Check(string path, bool noClobber, bool force)
    {
        if (Directory.Exists(path))
            throw new DlException("NotAFilePath", DlErrorKind.InvalidArgument, $"'{path}' is a folder; the path of a file is wanted.", path);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DlException("DirectoryNotFound", DlErrorKind.NotFound, $"There is no folder '{folder}'. Make it first.", path);
        if (!File.Exists(path))
            return;
        if (noClobber)
            throw new DlException("FileExists", DlErrorKind.InvalidOperation,
                $"'{path}' is there already, and -NoClobber was given. Use another path.", path);
        if (!force && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new DlException("FileReadOnly", DlErrorKind.InvalidOperation,
                $"'{path}' is read-only. Use -Force to replace it, or another path.", path);
    }

    /// <summary>Lets a read-only file be replaced, where that is forced.</summary>
    public static void MakeWritable(string path, bool force)
    {
        if (force && File.Exists(path))
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
    }
}
