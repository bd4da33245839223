using System.Management.Automation;
using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>Resolves paths in the session of a cmdlet.</summary>
internal static class PathExtensions
{
    /// <summary>The files of paths. A path without a file is one error; the other paths are still resolved.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">The paths as given.</param>
    /// <param name="literal">Whether wildcard characters are part of the name.</param>
    public static IEnumerable<string> ResolveFiles(this PSCmdlet cmdlet, IEnumerable<string> paths, bool literal)
    {
        foreach (var path in paths)
        {
            IReadOnlyList<string> found;
            try
            {
                found = literal ? [cmdlet.ResolveTarget(path)] : cmdlet.Expand(path);
                if (found.FirstOrDefault(file => !Path.Exists(file)) is { } absent)
                    throw NotFound(path, absent);
            }
            catch (Exception e) when (e is DlException or RuntimeException and not PipelineStoppedException)
            {
                cmdlet.WriteError(ErrorRecords.Of(e, path));
                continue;
            }

            foreach (var file in found)
                yield return file;
        }
    }

    /// <summary>The file of a path, whether or not it exists.</summary>
    /// <exception cref="DlException"><c>NotAFilePath</c>: the path has a null character, or is not one of the file
    /// system.</exception>
    public static string ResolveTarget(this PSCmdlet cmdlet, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new DlException("NotAFilePath", DlErrorKind.InvalidArgument,
                $"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path of a file: it has a null "
                + "character. Remove it.", path);
        var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem" ? resolved : throw NotAFile(path, provider);
    }

    private static IReadOnlyList<string> Expand(this PSCmdlet cmdlet, string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return [cmdlet.ResolveTarget(path)];
        var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
        if (provider.Name != "FileSystem")
            throw NotAFile(path, provider);
        return found.Count > 0 ? found
            : throw new DlException("FileNotFound", DlErrorKind.NotFound, $"No file matches '{path}'.", path);
    }

    private static DlException NotFound(string path, string resolved) => new("FileNotFound", DlErrorKind.NotFound,
        path == resolved ? $"There is no file '{path}'." : $"There is no file '{path}' ({resolved}).", path);

    private static DlException NotAFile(string path, ProviderInfo provider) =>
        new("NotAFilePath", DlErrorKind.InvalidArgument, $"Expected the path of a file; '{path}' is a path of the "
            + $"{provider.Name} provider. Use a path of the file system.", path);
}
