namespace DeepPS.Torch;

/// <summary>A place with NuGet packages.</summary>
internal interface IPackageFeed
{
    /// <summary>Its name or path, for messages.</summary>
    string Name { get; }

    /// <summary>Opens a package for reading; null if the feed has none with this name and version.</summary>
    /// <param name="package">The package.</param>
    /// <param name="work">A folder for files in the meantime.</param>
    /// <param name="cancel">Cancels a download.</param>
    /// <exception cref="Common.DlException"><c>RuntimeDownloadFailed</c>.</exception>
    Stream? Open(RuntimePackage package, string work, CancellationToken cancel);
}

/// <summary>A folder of .nupkg files, in it or below it, such as one copied to a closed network.</summary>
internal sealed class FolderFeed(string folder) : IPackageFeed
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true,
        MatchCasing = MatchCasing.CaseInsensitive,
        IgnoreInaccessible = true,
    };

    public string Name => folder;

    public Stream? Open(RuntimePackage package, string work, CancellationToken cancel) =>
        Directory.EnumerateFiles(folder, package.FileName, All).FirstOrDefault() is { } path
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0)
            : null;
}
