using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>The packages that this version needs.</summary>
public sealed class PinnedPackagesTests
{
    [Fact]
    public void EveryPlatformHasAPackageForTheCpuWithASha512()
    {
        foreach (var package in TorchPlatform.Supported.Select(platform => PinnedPackages.For("cpu", platform)!))
        {
            Assert.Equal(64, Convert.FromBase64String(package.Sha512!).Length);
            Assert.InRange(package.UnpackedSize, package.Size, 10 * package.Size);
        }
    }

    [Theory]
    [InlineData("linux-x64", true)]
    [InlineData("win-x64", true)]
    [InlineData("osx-arm64", false)]
    public void CudaIsForLinuxAndWindows(string platform, bool exists) =>
        Assert.Equal(exists, PinnedPackages.For("cuda", platform) is not null);

    /// <summary>The build restores the package of this platform: its version and SHA-512 are the pinned ones.</summary>
    [Fact]
    public void ThePackageOfTheBuildIsThePinnedOne()
    {
        var package = PinnedPackages.For("cpu", TorchPlatform.Current)!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var file = Path.Combine(packages, package.Id, package.Version, package.FileName);
        if (!File.Exists(file))
            return; // A build with CUDA, or a NuGet folder of another kind.
        using var stream = File.OpenRead(file);
        Assert.Equal(package.Size, stream.Length);
        Assert.Equal(package.Sha512, RuntimeFiles.Sha512(stream, CancellationToken.None));
    }
}
