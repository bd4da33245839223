using System.Text;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Packages from a NuGet feed over HTTP, and from the sources of NuGet.Config.</summary>
public sealed class NuGetFeedTests : IDisposable
{
    private const string Id = "libtorch-test";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deepps-feed-");
    private readonly byte[] content = PackageMaker.Make(Id, PackageMaker.WholeFiles());
    private readonly FileServer server = new();

    public NuGetFeedTests()
    {
        var address = $"{server.Address}flat/";
        server.Files["index.json"] = Encoding.UTF8.GetBytes(
            "{\"version\":\"3.0.0\",\"resources\":[{\"@id\":\"" + address
            + "\",\"@type\":\"PackageBaseAddress/3.0.0\"}]}");
        server.Files[$"flat/{Id}/index.json"] = "{\"versions\":[\"2.10.0\"]}"u8.ToArray();
        server.Files[$"flat/{Id}/2.10.0/{Id}.2.10.0.nupkg"] = content;
    }

    private string Index => $"{server.Address}index.json";

    private string Work => folder.CreateSubdirectory("work").FullName;

    public void Dispose()
    {
        server.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void APackageIsDownloadedFromAnAddress()
    {
        Assert.Equal(content, Download(Index));
        Assert.Contains($"flat/{Id}/2.10.0/{Id}.2.10.0.nupkg", server.Requests);
        Assert.Empty(Directory.GetFiles(Work));
    }

    [Fact]
    public void ADownloadThatIsCutIsAClearError()
    {
        Download(Index);
        // NuGet tries the file several times.
        for (var i = 0; i < 20; i++)
            server.Cuts.Enqueue(1000);
        var error = Assert.Throws<DlException>(() => Download(Index, "libtorch-test"));
        Assert.Equal(("RuntimeDownloadFailed", DlErrorKind.NotAvailable), (error.Id, error.Kind));
        Assert.Contains(Index, error.Message);
        Assert.Contains("-Source FOLDER", error.Message);
    }

    [Fact]
    public void AnAddressWithoutAFeedIsAClearError()
    {
        server.Files.Clear();
        Assert.Equal("RuntimeDownloadFailed", Assert.Throws<DlException>(() => Download(Index)).Id);
    }

    [Fact]
    public void APackageThatTheFeedLacksIsNone() => Assert.Null(Download(Index, "libtorch-absent"));

    [Fact]
    public void TheSourcesOfTheConfigurationAreUsedByNameAndByMapping()
    {
        Configure($"""
            <packageSources>
              <clear />
              <add key="ours" value="{Index}" allowInsecureConnections="true" />
              <add key="other" value="http://127.0.0.1:9/index.json" allowInsecureConnections="true" />
            </packageSources>
            <packageSourceMapping>
              <packageSource key="ours"><package pattern="libtorch-*" /></packageSource>
              <packageSource key="other"><package pattern="*" /></packageSource>
            </packageSourceMapping>
            """);
        Assert.Equal([$"ours ({Index})"], Feeds(null).Select(feed => feed.Name));
        Assert.Equal([$"other (http://127.0.0.1:9/index.json)"], Feeds("other").Select(feed => feed.Name));
        Assert.Equal(content, Download("OURS"));
        var error = Assert.Throws<DlException>(() => Feeds("neither"));
        Assert.Equal(("RuntimeSourceNotFound", DlErrorKind.NotFound), (error.Id, error.Kind));
        Assert.Contains("ours, other", error.Message);
    }

    [Fact]
    public void NoSourceAndADamagedConfigurationAreClearErrors()
    {
        Configure("<packageSources><clear /></packageSources>");
        Assert.Equal("RuntimeSourceNotFound", Assert.Throws<DlException>(() => Feeds(null)).Id);
        Configure("<packageSources>");
        Assert.Equal("NuGetConfigInvalid", Assert.Throws<DlException>(() => Feeds(null)).Id);
    }

    [Fact]
    public void CredentialsOfTheConfigurationAreSent()
    {
        server.Statuses.Enqueue("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"packages\"");
        Configure($"""
            <packageSources>
              <clear />
              <add key="private" value="{Index}" allowInsecureConnections="true" />
            </packageSources>
            <packageSourceCredentials>
              <private>
                <add key="Username" value="reader" />
                <add key="ClearTextPassword" value="secret" />
              </private>
            </packageSourceCredentials>
            """);
        Assert.Equal(content, Download(null));
        Assert.Equal("Basic " + Convert.ToBase64String("reader:secret"u8), server.Authorization);
    }

    private void Configure(string inner) =>
        File.WriteAllText(Path.Combine(folder.FullName, "NuGet.Config"), $"<configuration>{inner}</configuration>");

    private IReadOnlyList<IPackageFeed> Feeds(string? source) => PackageFeeds.Choose(source, folder.FullName, Id);

    private byte[]? Download(string? source, string id = Id)
    {
        using var stream = Feeds(source)[0].Open(new RuntimePackage(id, "2.10.0"), Work, CancellationToken.None);
        if (stream is null)
            return null;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
