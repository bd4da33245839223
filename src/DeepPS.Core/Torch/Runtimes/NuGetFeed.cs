using DeepPS.Common;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace DeepPS.Torch;

/// <summary>A NuGet feed: that of an address, or one of the user's NuGet.Config with its credentials.</summary>
internal sealed class NuGetFeed(PackageSource source) : IPackageFeed
{
    public string Name => source.Name == source.Source ? source.Source : $"{source.Name} ({source.Source})";

    public Stream? Open(RuntimePackage package, string work, CancellationToken cancel)
    {
        try
        {
            return OpenAsync(package, work, cancel).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is NuGetProtocolException or HttpRequestException or IOException
            or TaskCanceledException or InvalidDataException)
        {
            cancel.ThrowIfCancellationRequested();
            throw new DlException("RuntimeDownloadFailed", DlErrorKind.NotAvailable,
                $"{package.FileName} could not be downloaded from {Name}: {Reason(e)} Check the network, the proxy and "
                + "the source in NuGet.Config, and run the command again; or copy the package to a folder and use "
                + "-Source FOLDER.", source.Source, e);
        }
    }

    private async Task<Stream?> OpenAsync(RuntimePackage package, string work, CancellationToken cancel)
    {
        // Without a copy in the user's HTTP cache: the package is needed once, and large.
        using var cache = new SourceCacheContext { NoCache = true, DirectDownload = true };
        var download = await Repository.Factory.GetCoreV3(source).GetResourceAsync<DownloadResource>(cancel)
            .ConfigureAwait(false) ?? throw new InvalidDataException("The address is no NuGet feed.");
        var result = await download.GetDownloadResourceResultAsync(
            new PackageIdentity(package.Id, NuGetVersion.Parse(package.Version)),
            new PackageDownloadContext(cache, work, directDownload: true), work, NullLogger.Instance, cancel)
            .ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return result.Status == DownloadResourceResultStatus.Available ? result.PackageStream : null;
    }

    /// <summary>The innermost error says what happened; NuGet's own repeat the address.</summary>
    private static string Reason(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error.Message.TrimEnd().TrimEnd('.') + ".";
    }
}
