using System.Security.Cryptography;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DownloaderTests : IDisposable
{
    private readonly DataFiles files = new();
    private readonly byte[] content = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 + i / 251)).ToArray();
    private readonly List<string> log = [];

    public void Dispose() => files.Dispose();

    private string Target => Path.Combine(files.Folder, "set.bin");

    private string Part => Target + ".part";

    private KnownFile Published => new("set.bin", content.Length, Convert.ToHexStringLower(MD5.HashData(content)));

    private FileServer Server(bool ranges = true, int mostAtOnce = int.MaxValue) =>
        new() { Ranges = ranges, MostAtOnce = mostAtOnce, Files = { ["set.bin"] = content } };

    private void Get(FileServer server, KnownFile? file = null) => Get([server.Address], file);

    private void Get(
        IReadOnlyList<Uri> addresses, KnownFile? file = null, CancellationToken cancel = default,
        Action<KnownFile, long>? progress = null)
    {
        var options = new DownloadOptions
        {
            Pause = _ => TimeSpan.Zero, Log = log.Add, Progress = progress ?? ((_, _) => { }),
        };
        new Downloader(options).Get(addresses, file ?? Published, Target, cancel);
    }

    private void IsWhole()
    {
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(["set.bin"], Directory.GetFiles(files.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void AFileComesWhole()
    {
        using var server = Server();
        Get(server);
        IsWhole();
        Assert.Equal(["set.bin"], server.Requests);
    }

    [Fact]
    public void ItIsCheckedByEitherChecksum()
    {
        using var server = Server();
        Get(server, Published with { Checksum = Convert.ToHexStringLower(SHA256.HashData(content)) });
        IsWhole();
        var error = DataFiles.Fails("WrongChecksum",
            () => Get(server, Published with { Checksum = new string('0', 64) }));
        Assert.Contains("0000", error.Message);
    }

    [Fact]
    public void AnotherFileOfUnpublishedSizeIsKnownByItsChecksum()
    {
        using var server = Server();
        server.Files["set.bin"] = content[..200_000];
        var error = DataFiles.Fails("WrongChecksum", () => Get(server, Published with { Size = null }));
        Assert.DoesNotContain("size", error.Message);
    }

    [Fact]
    public void WhatAnEarlierDownloadLeftIsGoneOnFrom()
    {
        File.WriteAllBytes(Part, content[..100_000]);
        using var server = Server();
        Get(server);
        IsWhole();
        Assert.Equal(["set.bin from 100000"], server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ACutConnectionIsGoneOnFromWithTheTagThatItCameWith(bool sizeIsPublished)
    {
        using var server = Server();
        server.Tag = "\"v1\"";
        server.Cuts.Enqueue(50_000);
        server.Cuts.Enqueue(60_000);
        Get(server, sizeIsPublished ? Published : Published with { Size = null });
        IsWhole();
        Assert.Equal(["set.bin", "set.bin from 50000 if \"v1\"", "set.bin from 110000 if \"v1\""], server.Requests);
    }

    [Fact]
    public void AFileThatChangedMeanwhileComesAnew()
    {
        using var server = Server();
        server.Files["set.bin"] = content.Select(value => (byte)~value).ToArray();
        server.Tag = "\"old\"";
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => Get([server.Address], cancel: stop.Token, progress: (_, _) => stop.Cancel()));
        Assert.True(File.Exists(Part));
        server.Files["set.bin"] = content;
        server.Tag = "\"new\"";
        Get(server);
        IsWhole();
        Assert.EndsWith("if \"old\"", server.Requests[^1]);
    }

    [Fact]
    public void AServerThatIgnoresRangesIsReadFromTheStart()
    {
        File.WriteAllBytes(Part, content[..100_000]);
        using var server = Server(ranges: false);
        server.Cuts.Enqueue(150_000);
        Get(server);
        IsWhole();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void AServerMayGiveTheRestInPieces()
    {
        File.WriteAllBytes(Part, content[..10_000]);
        using var server = Server(mostAtOnce: 100_000);
        Get(server);
        IsWhole();
        Assert.Equal(["set.bin from 10000", "set.bin from 110000", "set.bin from 210000"], server.Requests);
    }

    [Fact]
    public void WhatDoesNotFitWithAnEarlierPartComesAnew()
    {
        File.WriteAllBytes(Part, new byte[100_000]);
        using var server = Server();
        Get(server);
        IsWhole();
        Assert.Equal(["set.bin from 100000", "set.bin"], server.Requests);
        File.Delete(Target);
        File.WriteAllBytes(Part, new byte[content.Length + 1]);
        Get(server);
        IsWhole();
    }

    [Fact]
    public void AWrongFileIsRefusedAndNotKept()
    {
        using var server = Server();
        server.Files["set.bin"] = content.Reverse().ToArray();
        var error = DataFiles.Fails("WrongChecksum", () => Get(server));
        Assert.Contains(server.Address.ToString(), error.Message);
        Assert.Empty(Directory.GetFiles(files.Folder));
        server.Files["set.bin"] = content[..^1];
        DataFiles.Fails("WrongChecksum", () => Get(server));
        server.Files["set.bin"] = [.. content, 1, 2, 3];
        DataFiles.Fails("WrongChecksum", () => Get(server));
        Assert.Empty(Directory.GetFiles(files.Folder));
    }

    [Fact]
    public void AFileThatIsNotThereIsSaidAtOnce()
    {
        using var server = Server();
        var error = DataFiles.Fails("DownloadNotFound", () => Get(server, Published with { Name = "other.bin" }));
        Assert.Contains("404", error.Message);
        Assert.Equal(["other.bin"], server.Requests);
        server.Statuses.Enqueue("403 Forbidden");
        DataFiles.Fails("DownloadRefused", () => Get(server));
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void ABusyServerIsAskedAgain()
    {
        using var server = Server();
        server.Statuses.Enqueue("503 Service Unavailable");
        server.Statuses.Enqueue("429 Too Many Requests");
        Get(server);
        IsWhole();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void AConnectionThatBreaksEachTimeIsGivenUpAndItsPartStays()
    {
        using var server = Server();
        for (var i = 0; i < 20; i++)
            server.Cuts.Enqueue(i == 0 ? 70_000 : 0);
        var error = DataFiles.Fails("DownloadFailed", () => Get(server));
        Assert.Contains("of 300,000 bytes", error.Message);
        Assert.Equal(1 + new DownloadOptions().Retries, server.Requests.Count);
        Assert.False(File.Exists(Target));
        Assert.InRange(new FileInfo(Part).Length, 1, 70_000);
        server.Cuts.Clear();
        Get(server);
        IsWhole();
    }

    [Fact]
    public void TheNextAddressIsTriedWhereOneFails()
    {
        using var empty = new FileServer();
        using var server = Server();
        Get([empty.Address, server.Address]);
        IsWhole();
        File.Delete(Target);
        var error = DataFiles.Fails("DownloadNotFound", () => Get([empty.Address, empty.Address]));
        Assert.Contains("2 addresses", error.Message);
    }

    [Fact]
    public void AServerThatIsNotThereIsGivenUp()
    {
        Uri address;
        using (var gone = new FileServer())
            address = gone.Address;
        DataFiles.Fails("DownloadFailed", () => Get([address]));
    }

    [Fact]
    public void AStoppedDownloadLeavesItsPartToGoOnFrom()
    {
        using var server = Server();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => Get([server.Address], cancel: stop.Token, progress: (_, _) => stop.Cancel()));
        var received = new FileInfo(Part).Length;
        Assert.InRange(received, 1, content.Length - 1);
        Get(server);
        IsWhole();
        Assert.Equal($"set.bin from {received}", server.Requests[^1]);
    }

    [Fact]
    public void OneProcessAtATimeDownloadsAFile()
    {
        using var server = Server();
        using var other = new FileStream(Part, FileMode.Create, FileAccess.Write, FileShare.None);
        DataFiles.Fails("DownloadInUse", () => Get(server));
    }

    [Fact]
    public void AFolderThatIsNotThereIsAnError()
    {
        using var server = Server();
        DataFiles.Fails("FileNotWritable", () =>
            new Downloader(new DownloadOptions())
                .Get([server.Address], Published, Path.Combine(files.Folder, "none", "set.bin"), default));
    }
}
