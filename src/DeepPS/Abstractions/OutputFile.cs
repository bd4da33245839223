using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>The output file of a cmdlet.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path that cannot be written, before the work begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="noClobber">Whether an existing file is an error.</param>
    /// <param name="force">Whether a read-only file is replaced.</param>
    /// <exception cref="DlException"><c>NotAFilePath</c>, <c>DirectoryNotFound</c>, <c>FileExists</c>,
    /// <c>FileReadOnly</c>.</exception>
    public static void Check(string path, bool noClobber, bool force)
    {
        if (Directory.Exists(path))
            throw new DlException("NotAFilePath", DlErrorKind.InvalidArgument,
                $"Expected the path of a file; '{path}' is a folder. Add a file name.", path);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DlException("DirectoryNotFound", DlErrorKind.NotFound,
                $"There is no folder '{folder}'. Create it first.", path);
        if (!File.Exists(path))
            return;
        if (noClobber)
            throw new DlException("FileExists", DlErrorKind.InvalidOperation,
                $"'{path}' exists already, and -NoClobber protects it. Use another path, or omit -NoClobber.", path);
        if (!force && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new DlException("FileReadOnly", DlErrorKind.InvalidOperation,
                $"'{path}' is read-only. Use -Force to replace it, or another path.", path);
    }

    /// <summary>Makes a read-only file writable, with -Force.</summary>
    public static void MakeWritable(string path, bool force)
    {
        if (force && File.Exists(path))
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
    }
}
