using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DeepPS.Torch;

namespace DeepPS.Tests;

/// <summary>Makes small packages in the form of libtorch's.</summary>
internal static class PackageMaker
{
    public static readonly string Cpu = TorchPlatform.FileName("torch_cpu");
    public static readonly string Cuda = TorchPlatform.FileName("torch_cuda");

    private static readonly string Platform = TorchPlatform.Current;

    /// <summary>The path of a library in a package.</summary>
    public static string Native(string file) => $"runtimes/{Platform}/native/{file}";

    /// <summary>The path of a fragment in a package.</summary>
    public static string Fragment(string file, int number) => $"fragments/{Platform}/native/{file}.fragment{number}";

    /// <summary>The files of a whole package: the three libraries, a licence, and one that is not needed.</summary>
    public static Dictionary<string, byte[]> WholeFiles() => new()
    {
        [Native(Cpu)] = Bytes(1, 300_000),
        [Native(TorchPlatform.FileName("torch"))] = Bytes(2, 100),
        [Native(TorchPlatform.FileName("c10"))] = Bytes(3, 1000),
        [Native(TorchPlatform.FileName("torch_python"))] = Bytes(4, 1000),
        ["LICENSE-LIBTORCH.txt"] = "the licence"u8.ToArray(),
        ["lib/netstandard2.0/_._"] = [],
    };

    /// <summary>Writes a package to a folder.</summary>
    public static RuntimePackage Write(string folder, string id, Dictionary<string, byte[]> files,
        params string[] dependencies)
    {
        var content = Make(id, files, dependencies);
        File.WriteAllBytes(Path.Combine(folder, $"{id}.2.10.0.nupkg"), content);
        return new RuntimePackage(id, "2.10.0")
        {
            Sha512 = Convert.ToBase64String(SHA512.HashData(content)),
            Size = content.Length,
            UnpackedSize = files.Values.Sum(file => file.Length),
        };
    }

    public static byte[] Make(string id, Dictionary<string, byte[]> files, params string[] dependencies)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            Add(archive, $"{id}.nuspec", Encoding.UTF8.GetBytes(
                "<package xmlns=\"http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd\"><metadata>"
                + $"<id>{id}</id><version>2.10.0</version><authors>a</authors><description>d</description>"
                + "<dependencies><group targetFramework=\".NETStandard2.0\">"
                + string.Concat(dependencies.Select(one => $"<dependency id=\"{one}\" version=\"[2.10.0]\" />"))
                + "</group></dependencies></metadata></package>"));
            foreach (var (name, bytes) in files)
                Add(archive, name, bytes);
        }

        return memory.ToArray();
    }

    public static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(bytes);
    }
}
