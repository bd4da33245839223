using System.Management.Automation;
using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>Paths, as the session understands them.</summary>
internal static class PathExtensions
{
    /// <summary>The files that paths stand for. A path that stands for none is an error of its own; the others go on.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">What the user gave.</param>
    /// <param name="literal">Whether wildcard characters stand for themselves.</param>
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

    /// <summary>The file that a path stands for, whether or not it exists.</summary>
    public static string ResolveTarget(this PSCmdlet cmdlet, string path)
    {
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

    private static DlException NotAFile(string path, ProviderInfo provider) => new("NotAFilePath", DlErrorKind.InvalidArgument,
        $"'{path}' is a path of the {provider.Name} provider; a path of a file is wanted.", path);
}
