using System.Text;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Finding and loading torch's native libraries.</summary>
public sealed class TorchLibrariesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deepps-torch-");

    private static string Shim =>
        Path.GetFullPath(Directory.GetFiles(TorchLibraries.Folder!, "*LibTorchSharp*").Single());

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void MissingLibrariesAreNamedWithThePlacesAndTheRemedy()
    {
        var empty = folder.CreateSubdirectory("empty").FullName;
        var half = folder.CreateSubdirectory("half").FullName;
        File.WriteAllText(Path.Combine(half, Path.GetFileName(Shim)), "");
        var error = Assert.Throws<DlException>(() => TorchLibraries.Find([empty, half]));
        Assert.Equal(("RuntimeMissing", DlErrorKind.NotAvailable), (error.Id, error.Kind));
        foreach (var words in new[] { empty, RuntimeFolder.Root, "torch_cpu", "LibTorchSharp", "Install-DlRuntime" })
            Assert.Contains(words, error.Message);
    }

    [Fact]
    public void AFolderWithThemIsFoundAfterOneWithout() =>
        Assert.Equal(TorchLibraries.Folder, TorchLibraries.Find([folder.FullName, TorchLibraries.Folder!]));

    [Fact]
    public void ADamagedLibraryIsNamed()
    {
        var path = Path.Combine(folder.FullName, Path.GetFileName(Shim));
        File.WriteAllText(path, "no library");
        var error = Assert.Throws<DlException>(() => TorchLibraries.Open(path));
        Assert.Equal("TorchNotAvailable", error.Id);
        Assert.Contains(path, error.Message);
        Assert.Contains("install DeepPS again", error.Message);
    }

    [Fact]
    public void AVersionThatTheSystemLacksMayBeMarkedAsMissing()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var image = File.ReadAllBytes(Shim);
        var changed = image.ToArray();
        Assert.True(OlderRuntime.Weaken(changed, OlderRuntime.Version));
        // One flag of one entry changes: the bytes before it are the ELF hash of the name GLIBCXX_3.4.32.
        var place = Enumerable.Range(0, image.Length).Single(i => image[i] != changed[i]);
        Assert.Equal((0, 2), (image[place], changed[place]));
        Assert.Equal(ElfHash(OlderRuntime.Version), BitConverter.ToUInt32(image, place - 4));
        Assert.False(OlderRuntime.Weaken(changed, "GLIBCXX_99"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ and no more")]
    [InlineData("\u007fELF")]
    [InlineData("\u007fELF\u0002 this goes on for more than a header has, and its sections are nowhere")]
    public void WhatIsNoWholeLibraryIsAClearError(string content)
    {
        var bytes = Encoding.Latin1.GetBytes(content);
        Assert.Equal("TorchNotAvailable", Assert.Throws<DlException>(() => OlderRuntime.Weaken(bytes, "x")).Id);
    }

    [Fact]
    public void ALibraryCutShortIsAClearError()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var start = File.ReadAllBytes(Shim)[..4096];
        var error = Assert.Throws<DlException>(() => OlderRuntime.Weaken(start, OlderRuntime.Version));
        Assert.Equal("TorchNotAvailable", error.Id);
    }

    [Fact]
    public void NativeCodeSeesAVariableAndTheUsersValueStays()
    {
        var name = $"DEEPPS_TEST_{Guid.NewGuid():N}";
        ProcessEnvironment.Default(name, "first");
        Assert.Equal("first", ProcessEnvironment.Native(name));
        Environment.SetEnvironmentVariable("OMP_DEEPPS_TEST", "user");
        ProcessEnvironment.Default("OMP_DEEPPS_TEST", "ours");
        Assert.NotEqual("ours", ProcessEnvironment.Native("OMP_DEEPPS_TEST"));
    }

    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (var letter in name)
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
