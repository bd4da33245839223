using DeepPS.Common;
using NuGet.Configuration;

namespace DeepPS.Torch;

/// <summary>Where packages come from: a folder, an address, or the sources of the user's NuGet.Config.</summary>
internal static class PackageFeeds
{
    /// <summary>The feeds to ask for a package, in this order.</summary>
    /// <param name="source">A folder, an address, or the name of a source of NuGet.Config; null: all its enabled
    /// sources, limited by its package source mapping.</param>
    /// <param name="folder">The folder at which the search for NuGet.Config begins.</param>
    /// <param name="id">The package.</param>
    /// <exception cref="DlException"><c>RuntimeSourceNotFound</c>, <c>NuGetConfigInvalid</c>.</exception>
    public static IReadOnlyList<IPackageFeed> Choose(string? source, string folder, string id)
    {
        if (source is not null && Directory.Exists(source))
            return [new FolderFeed(source)];
        try
        {
            var settings = Settings.LoadDefaultSettings(folder);
            var configured = PackageSourceProvider.LoadPackageSources(settings).Where(one => one.IsEnabled).ToArray();
            return source is null ? Allowed(settings, configured, id) : [new NuGetFeed(Named(configured, source))];
        }
        catch (NuGetConfigurationException e)
        {
            throw new DlException("NuGetConfigInvalid", DlErrorKind.InvalidData,
                $"NuGet.Config cannot be read: {e.Message} Correct it, or use -Source FOLDER.", null, e);
        }
    }

    private static NuGetFeed[] Allowed(ISettings settings, PackageSource[] configured, string id)
    {
        var mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
        var names = mapping.IsEnabled ? mapping.GetConfiguredPackageSources(id) : null;
        var allowed = configured
            .Where(one => names is null || names.Contains(one.Name, StringComparer.OrdinalIgnoreCase)).ToArray();
        return allowed.Length > 0 ? Array.ConvertAll(allowed, one => new NuGetFeed(one))
            : throw new DlException("RuntimeSourceNotFound", DlErrorKind.NotFound,
                $"NuGet.Config has no enabled source for {id}. Add one with dotnet nuget add source, or use -Source "
                + "with a folder of packages or the address of a feed.", id);
    }

    private static PackageSource Named(PackageSource[] configured, string source) =>
        configured.FirstOrDefault(one => string.Equals(one.Name, source, StringComparison.OrdinalIgnoreCase)
            || string.Equals(one.Source, source, StringComparison.OrdinalIgnoreCase))
        ?? (Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new PackageSource(source)
            : throw new DlException("RuntimeSourceNotFound", DlErrorKind.NotFound,
                $"Expected a folder with packages, the address of a NuGet feed, or the name of a source in "
                + $"NuGet.Config ({string.Join(", ", configured.Select(one => one.Name))}); found '{source}'.",
                source));
}
