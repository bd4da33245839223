using System.Text.Json;
using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>An installed runtime: libtorch and TorchSharp's library for it.</summary>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Version">The version of libtorch.</param>
/// <param name="Platform">The platform: <c>linux-x64</c>.</param>
/// <param name="Size">The size of its files in bytes.</param>
/// <param name="Verified">Whether every package had its pinned SHA-512.</param>
/// <param name="Packages">The packages it was made from.</param>
public sealed record InstalledRuntime(string Device, string Version, string Platform, long Size, bool Verified,
    IReadOnlyList<string> Packages)
{
    private const string MarkFile = "runtime.json";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>The folder that holds it.</summary>
    public string Path { get; init; } = "";

    /// <summary>Reads the runtime of a folder; null if there is no whole one.</summary>
    /// <param name="folder">The folder.</param>
    internal static InstalledRuntime? Read(string folder)
    {
        var mark = System.IO.Path.Combine(folder, MarkFile);
        if (!File.Exists(mark))
            return null;
        try
        {
            var runtime = JsonSerializer.Deserialize<InstalledRuntime>(File.ReadAllBytes(mark), Options)!;
            return SizeOf(folder) == runtime.Size ? runtime with { Path = folder } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file that makes a folder a whole runtime.</summary>
    internal void Write() =>
        AtomicFile.Write(System.IO.Path.Combine(Path, MarkFile), stream => JsonSerializer.Serialize(stream, this with
        {
            Path = ""
        }, Options));

    /// <summary>The size of a runtime's files, without the file that describes it.</summary>
    internal static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => file.Name != MarkFile).Sum(file => file.Length);
}
