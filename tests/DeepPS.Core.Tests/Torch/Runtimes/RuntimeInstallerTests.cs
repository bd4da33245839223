using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Installing and removing a runtime from a folder of packages.</summary>
public sealed class RuntimeInstallerTests : IDisposable
{
    private const string Id = "libtorch-test";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deepps-runtime-");

    private string Packages => folder.CreateSubdirectory("packages").FullName;

    private string Root => Path.Combine(folder.FullName, "root");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void LibrariesTorchSharpsOwnAndTheLicenceAreInstalled()
    {
        var runtime = Install(Whole());
        Assert.Equal(RuntimeFolder.Of(Root, "cpu"), runtime.Path);
        Assert.True(runtime.Verified);
        Assert.Equal([$"{Id} 2.10.0"], runtime.Packages);
        var names = Directory.GetFiles(runtime.Path).Select(Path.GetFileName).ToArray();
        Assert.Equal(new[]
        {
            "LICENSE-LIBTORCH.txt", PackageMaker.Cpu, TorchPlatform.FileName("LibTorchSharp"),
            TorchPlatform.FileName("c10"), TorchPlatform.FileName("torch"), "runtime.json",
        }.Order(), names.Order());
        Assert.Equal(PackageMaker.Bytes(1, 300_000), File.ReadAllBytes(Path.Combine(runtime.Path, PackageMaker.Cpu)));
        Assert.Equal(runtime.Path, TorchLibraries.Find([Root, runtime.Path]));
        AssertOnly("the runtime", ".lock", Path.GetFileName(runtime.Path));
    }

    [Fact]
    public void OnLinuxTheLibraryLoadsWithAnOlderSystem()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var runtime = Install(Whole());
        var image = File.ReadAllBytes(Path.Combine(runtime.Path, TorchPlatform.FileName("LibTorchSharp")));
        var again = image.ToArray();
        Assert.True(OlderRuntime.Weaken(again, OlderRuntime.Version));
        Assert.Equal(image, again);
    }

    [Fact]
    public void AnInstalledRuntimeIsKeptAndForceReplacesIt()
    {
        var package = Whole();
        var path = Install(package).Path;
        var extra = Path.Combine(path, "runtime.json");
        File.SetLastWriteTimeUtc(extra, DateTime.UnixEpoch);
        Assert.Equal(path, Install(package, source: "/no/such/folder/is/asked").Path);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(extra));
        Install(package, force: true);
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(extra));
        AssertOnly("one runtime", ".lock", Path.GetFileName(path));
    }

    [Fact]
    public void ARuntimeThatLostAFileIsInstalledAgain()
    {
        var package = Whole();
        var path = Install(package).Path;
        File.Delete(Path.Combine(path, PackageMaker.Cpu));
        Assert.Null(InstalledRuntime.Read(path));
        Install(package);
        Assert.NotNull(InstalledRuntime.Read(path));
    }

    [Fact]
    public void AChangedPackageIsRefused()
    {
        var package = Whole();
        var file = Path.Combine(Packages, package.FileName);
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        AssertFails("RuntimeHashMismatch", DlErrorKind.InvalidData, package, package.Sha512!);
    }

    [Fact]
    public void APackageCutShortIsRefused()
    {
        var package = Whole();
        var file = Path.Combine(Packages, package.FileName);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);
        AssertFails("RuntimeHashMismatch", DlErrorKind.InvalidData, package, "1,000 bytes");
        AssertFails("RuntimePackageDamaged", DlErrorKind.InvalidData, package with { Sha512 = null }, "cut short");
    }

    [Fact]
    public void APackageWithoutTheLibrariesOfThisPlatformIsRefused()
    {
        var files = PackageMaker.WholeFiles();
        files.Remove(PackageMaker.Native(PackageMaker.Cpu));
        AssertFails("RuntimePackageIncomplete", DlErrorKind.InvalidData,
            PackageMaker.Write(Packages, Id, files), PackageMaker.Cpu);
    }

    [Fact]
    public void AMissingPackageIsNamedWithThePlace() => AssertFails("RuntimePackageNotFound", DlErrorKind.NotFound,
        new RuntimePackage("libtorch-absent", "1.0.0"), "libtorch-absent.1.0.0.nupkg", Packages);

    [Fact]
    public void TooLittleSpaceIsSaidBeforehand() =>
        AssertFails("DiskFull", DlErrorKind.NotAvailable, Whole() with { UnpackedSize = 5_000_000 }, "5 MB", "4 MB");

    [Fact]
    public void AFullDiskIsSaid()
    {
        if (!File.Exists("/dev/full"))
            return;
        var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var error = Assert.Throws<IOException>(() => full.Write(new byte[10]));
        Assert.Equal("DiskFull", RuntimeErrors.NotWritable("folder", error).Id);
    }

    [Fact]
    public void CancellingLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Installer(Whole()).Install(cancel.Token));
        AssertOnly("nothing", ".lock");
    }

    [Fact]
    public void WhatAKilledProcessLeftIsRemovedAndNeverUsed()
    {
        var package = Whole();
        var left = Directory.CreateDirectory(Path.Combine(Root, ".new-123", "files"));
        File.WriteAllText(Path.Combine(left.FullName, PackageMaker.Cpu), "half");
        Directory.CreateDirectory(Path.Combine(Root, ".old-123"));
        var runtime = Install(package);
        AssertOnly("the runtime", ".lock", Path.GetFileName(runtime.Path));
    }

    [Fact]
    public void TwoAtATimeAreRefused()
    {
        using var held = RuntimeLock.Enter(Root);
        var error = Assert.Throws<DlException>(() => Install(Whole()));
        Assert.Equal(("RuntimeInUse", DlErrorKind.InvalidOperation), (error.Id, error.Kind));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsSaid()
    {
        File.WriteAllText(Root, "a file");
        var error = Assert.Throws<DlException>(() => Install(Whole()));
        Assert.Equal(("RuntimeNotWritable", DlErrorKind.NotAvailable), (error.Id, error.Kind));
        Assert.Contains("-Path", error.Message);
    }

    [Fact]
    public void ARuntimeIsRemovedAsAWhole()
    {
        var runtime = Install(Whole());
        Assert.Equal([runtime.Path], RuntimeRemover.Find(Root, null));
        Assert.Empty(RuntimeRemover.Find(Root, "cuda"));
        RuntimeRemover.Remove(Root, runtime.Path);
        AssertOnly("nothing", ".lock");
    }

    private RuntimePackage Whole() => PackageMaker.Write(Packages, Id, PackageMaker.WholeFiles());

    private RuntimeInstaller Installer(RuntimePackage package, string? source = null, bool force = false) =>
        new(new RuntimeOptions
        {
            Root = Root,
            Source = source ?? Packages,
            Package = package,
            Force = force,
            FreeSpace = _ => 4_000_000,
        });

    private InstalledRuntime Install(RuntimePackage package, string? source = null, bool force = false) =>
        Installer(package, source, force).Install();

    private void AssertFails(string id, DlErrorKind kind, RuntimePackage package, params string[] words)
    {
        var error = Assert.Throws<DlException>(() => Install(package));
        Assert.Equal((id, kind), (error.Id, error.Kind));
        Assert.All(words, word => Assert.Contains(word, error.Message));
        AssertOnly("nothing", ".lock");
    }

    private void AssertOnly(string what, params string?[] names) =>
        Assert.True(Directory.GetFileSystemEntries(Root).Select(Path.GetFileName).Order().SequenceEqual(names.Order()),
            $"Expected {what}; found {string.Join(", ", Directory.GetFileSystemEntries(Root))}");
}
