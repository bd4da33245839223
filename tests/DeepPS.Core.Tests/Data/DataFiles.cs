using System.IO.Compression;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Tests;

/// <summary>The files of a test in a temporary folder, deleted afterwards.</summary>
public sealed class DataFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deepps-data-");

    public string Folder => folder.FullName;

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Runs an action that must fail, and checks the error's id.</summary>
    public static DlException Fails(string id, Action action)
    {
        var error = Assert.ThrowsAny<DlException>(action);
        Assert.Equal(id, error.Id);
        return error;
    }
}
