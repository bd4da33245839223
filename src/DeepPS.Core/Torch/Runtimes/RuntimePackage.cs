using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepPS.Torch;

/// <summary>A NuGet package of libtorch.</summary>
/// <param name="Id">The identifier: <c>libtorch-cpu-linux-x64</c>.</param>
/// <param name="Version">The version: <c>2.10.0</c>.</param>
public sealed record RuntimePackage(string Id, string Version)
{
    /// <summary>The SHA-512 of the .nupkg file in Base64; null where none is pinned.</summary>
    public string? Sha512 { get; init; }

    /// <summary>The size of the .nupkg file in bytes; 0 where not known.</summary>
    public long Size { get; init; }

    /// <summary>The size of its libraries in bytes; 0 where not known.</summary>
    public long UnpackedSize { get; init; }

    /// <summary>The file name in a folder of packages.</summary>
    [JsonIgnore]
    internal string FileName => $"{Id}.{Version}.nupkg";
}

/// <summary>The packages that this version of DeepPS needs, pinned in runtimes.json.</summary>
internal static class PinnedPackages
{
    private static readonly Lazy<Dictionary<string, RuntimePackage>> All = new(Read);

    /// <summary>The package with the libraries for a device and a platform; null where there is none. Its dependencies
    /// of the same family belong to it.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="platform">The platform: <c>linux-x64</c>.</param>
    public static RuntimePackage? For(string device, string platform) =>
        All.Value.GetValueOrDefault($"{device}-{platform}");

    private static Dictionary<string, RuntimePackage> Read()
    {
        using var stream = typeof(PinnedPackages).Assembly.GetManifestResourceStream("runtimes.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, RuntimePackage>>(stream, JsonSerializerOptions.Web)!;
    }
}
