using System.Security.Cryptography;
using System.Text;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>The CUDA packages: a main package, parts, and libraries in fragments with a checksum.</summary>
public sealed class FragmentTests : IDisposable
{
    private const string Id = "libtorch-cuda-test";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deepps-fragments-");
    private readonly byte[] library = PackageMaker.Bytes(7, 700_000);
    private readonly HashSet<string> leftOut = [];

    private string Root => Path.Combine(folder.FullName, "root");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void FragmentsOfOtherPackagesAreJoinedInOrder()
    {
        var runtime = Install();
        Assert.Equal(library, File.ReadAllBytes(Path.Combine(runtime.Path, PackageMaker.Cuda)));
        Assert.DoesNotContain(Directory.GetFiles(runtime.Path),
            path => path.Contains(".fragment", StringComparison.Ordinal) || Path.GetExtension(path) == ".sha");
        Assert.Equal($"torchsharp-{RuntimeFolder.TorchSharpVersion}-cuda-{TorchPlatform.Current}",
            Path.GetFileName(runtime.Path));
        Assert.Equal(5 + 11, runtime.Packages.Count);
        Assert.False(runtime.Verified);
    }

    [Fact]
    public void AMissingFragmentIsSaid()
    {
        leftOut.Add("part2-fragment5");
        AssertFails("RuntimePackageIncomplete", "1, 2, 3, 4, 6", PackageMaker.Cuda);
    }

    [Fact]
    public void AMissingLastFragmentIsFoundByTheChecksum()
    {
        leftOut.Add("part2-fragment11");
        AssertFails("RuntimeHashMismatch", "SHA-256", PackageMaker.Cuda);
    }

    [Fact]
    public void AMissingFirstPartIsSaid()
    {
        leftOut.Add("part2-primary");
        AssertFails("RuntimePackageIncomplete", "no first part", PackageMaker.Cuda);
    }

    /// <summary>Part 1 has the small libraries, part 2 a large one in a first part and eleven fragments, part 3 is
    /// empty.</summary>
    private InstalledRuntime Install()
    {
        var packages = folder.CreateSubdirectory("packages").FullName;
        var parts = new Dictionary<string, Dictionary<string, byte[]>>
        {
            ["part1"] = PackageMaker.WholeFiles(),
            ["part2-primary"] = new()
            {
                [PackageMaker.Native(PackageMaker.Cuda)] = library[..40_000],
                [PackageMaker.Native(PackageMaker.Cuda) + ".sha"] =
                    Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(library))),
            },
            ["part3"] = [],
        };
        for (var i = 1; i <= 11; i++)
            parts[$"part2-fragment{i}"] = new()
            {
                [PackageMaker.Fragment(PackageMaker.Cuda, i)] = library[(40_000 + (i - 1) * 60_000)..(i == 11
                    ? library.Length : 40_000 + i * 60_000)],
            };
        foreach (var part in leftOut)
            parts.Remove(part);
        foreach (var (name, files) in parts)
            PackageMaker.Write(packages, $"{Id}-{name}", files);
        PackageMaker.Write(packages, $"{Id}-more", [], [.. parts.Keys.Select(part => $"{Id}-{part}")]);
        PackageMaker.Write(packages, Id, [], $"{Id}-more", "libtorch-other");
        return new RuntimeInstaller(new RuntimeOptions
        {
            Root = Root,
            Device = "cuda",
            Source = packages,
            Package = new RuntimePackage(Id, "2.10.0"),
        }).Install();
    }

    private void AssertFails(string id, params string[] words)
    {
        var error = Assert.Throws<DlException>(Install);
        Assert.Equal((id, DlErrorKind.InvalidData), (error.Id, error.Kind));
        Assert.All(words, word => Assert.Contains(word, error.Message));
        Assert.Empty(Directory.GetDirectories(Root));
    }
}
